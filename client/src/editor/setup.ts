import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Transaction, type Extension, type StateEffect } from "@codemirror/state";
import {
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    keymap,
    lineNumbers,
} from "@codemirror/view";
import { cells } from "./cells";
import { cellOptionCompletion, referenceCompletion } from "./completion";
import { colours, isProse, languageOf } from "./language";
import { look } from "./look";

const locked = new Compartment();

const lock = (readonly: boolean): Extension => [EditorState.readOnly.of(readonly), EditorView.editable.of(!readonly)];

export const readOnlyIs = (readonly: boolean): StateEffect<unknown> => locked.reconfigure(lock(readonly));

/** What every editor of the application has. */
export const basics: Extension = [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    indentUnit.of("    "),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    colours,
    look,
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
];

/** @param onchange after changes that the person made, not those that were merged in. */
export function createState(text: string, path: string, readonly: boolean, onchange: () => void): EditorState {
    const prose = isProse(path);
    return EditorState.create({
        doc: text,
        extensions: [
            basics,
            search({ top: true }),
            highlightSelectionMatches(),
            languageOf(path),
            prose ? cells : [],
            autocompletion({ override: prose ? [cellOptionCompletion, referenceCompletion] : null, icons: false }),
            // Tab indents; Escape and then Tab leaves the editor.
            keymap.of([...searchKeymap, indentWithTab]),
            locked.of(lock(readonly)),
            EditorView.contentAttributes.of({
                "aria-label": path,
                tabindex: "0",
                spellcheck: String(prose),
                autocorrect: "off",
                autocapitalize: "off",
            }),
            EditorView.updateListener.of((update) => {
                const typed = update.transactions.some(
                    (transaction) =>
                        transaction.docChanged && transaction.annotation(Transaction.userEvent) !== "merge",
                );
                if (typed) onchange();
            }),
        ],
    });
}
