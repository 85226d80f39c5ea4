import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";

// Names in code are no misspelt words.
const code = Decoration.line({ class: "cm-cell", attributes: { spellcheck: "false" } });
const option = Decoration.line({ class: "cm-cell cm-cell-option", attributes: { spellcheck: "false" } });

/** Sets code apart from prose, and the options of cells from their code. Looks at what is on the screen alone. */
export const cells = ViewPlugin.fromClass(
    class {
        decorations: DecorationSet;

        constructor(view: EditorView) {
            this.decorations = build(view);
        }

        update(update: ViewUpdate): void {
            const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
            if (update.docChanged || update.viewportChanged || parsed) this.decorations = build(update.view);
        }
    },
    { decorations: (plugin) => plugin.decorations },
);

function build(view: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    const { doc } = view.state;
    let done = -1;
    for (const { from, to } of view.visibleRanges) {
        syntaxTree(view.state).iterate({
            from,
            to,
            enter(node) {
                if (node.name !== "FencedCode" && node.name !== "Frontmatter") return undefined;
                const first = doc.lineAt(Math.max(node.from, from)).number;
                // Front matter ends with the line break after it.
                const last = doc.lineAt(Math.max(from, Math.min(node.to - 1, to))).number;
                for (let n = Math.max(first, done + 1); n <= last; n++) {
                    const line = doc.line(n);
                    builder.add(line.from, line.from, line.text.startsWith("#|") ? option : code);
                    done = n;
                }
                return false;
            },
        });
    }
    return builder.finish();
}
