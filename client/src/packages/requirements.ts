import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { StreamLanguage } from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { faultsOf, packageNames } from "../api/packages";
import type { RequirementFault } from "../api/types";
import { basics } from "../editor/setup";

/** An editor for the text of `requirements.vrf`. */
export function createRequirements(
    project: string,
    text: string,
    readonly: boolean,
    onchange: (text: string) => void,
): EditorState {
    return EditorState.create({
        doc: text,
        extensions: [
            basics,
            language,
            EditorState.readOnly.of(readonly),
            EditorView.editable.of(!readonly),
            readonly ? [] : linter((view) => faultsIn(project, view.state), { delay: 400 }),
            autocompletion({ override: [(context) => names(project, context)], icons: false }),
            EditorView.contentAttributes.of({
                "aria-label": "The project's Python packages, one a line",
                spellcheck: "false",
                tabindex: "0",
            }),
            EditorView.updateListener.of((update) => {
                if (update.docChanged) onchange(update.state.doc.toString());
            }),
        ],
    });
}

const language = StreamLanguage.define({
    name: "requirements",
    token(stream) {
        if (stream.match(/#.*/)) return "comment";
        if (stream.sol() && stream.match(/\s*[A-Za-z0-9][\w.-]*/)) return "propertyName";
        if (stream.match(/\[[^\]]*\]/)) return "string";
        if (stream.match(/[<>=!~]=?=?/)) return "operator";
        if (stream.match(/;.*/)) return "keyword";
        if (stream.match(/\d[\w.*+!-]*/)) return "number";
        stream.next();
        return null;
    },
    languageData: { commentTokens: { line: "#" } },
});

async function faultsIn(project: string, state: EditorState): Promise<Diagnostic[]> {
    const faults = await faultsOf(project, state.doc.toString());
    return faults.map((fault) => diagnostic(fault, state));
}

function diagnostic({ line, message }: RequirementFault, state: EditorState): Diagnostic {
    const { from, to } = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    return { from, to, severity: "error", message };
}

async function names(project: string, context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/^\s*[A-Za-z0-9][\w.-]*/);
    if (!word || word.text.trim().length < 2) return null;
    const prefix = word.text.trim();
    try {
        const found = await packageNames(project, prefix);
        return {
            from: word.to - prefix.length,
            options: found.map((label) => ({ label })),
            validFor: /^[\w.-]*$/,
        };
    } catch {
        return null;
    }
}
