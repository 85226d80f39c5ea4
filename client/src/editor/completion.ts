import { type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { cellOptions } from "./cellOptions";

/** The options of cells, after `#|`. */
export function cellOptionCompletion(context: CompletionContext): CompletionResult | null {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const match = /^#\|\s*([\w-]*)(?:(:\s*)([^\s]*))?$/.exec(before);
    if (!match || !isInCell(context)) return null;
    const [, name, colon, value] = match;
    if (colon === undefined) {
        const options = cellOptions.map(({ name, info }): Completion => ({
            label: name,
            apply: `${name}: `,
            type: "property",
            info,
        }));
        return { from: context.pos - name!.length, options, validFor: /^[\w-]*$/ };
    }
    const values = cellOptions.find((option) => option.name === name)?.values;
    if (!values) return null;
    return {
        from: context.pos - value!.length,
        options: values.map((label) => ({ label, type: "constant" })),
        validFor: /^\S*$/,
    };
}

/** What can be referred to, after `@`. */
export function referenceCompletion(context: CompletionContext): CompletionResult | null {
    const word = context.matchBefore(/(?<![\w@])@[\w-]*/);
    if (!word || isInCell(context)) return null;
    const options = labels(context.state.doc.toString()).map((label) => ({ label: `@${label}`, type: "variable" }));
    return options.length === 0 ? null : { from: word.from, options, validFor: /^@[\w-]*$/ };
}

/** The labels of a document that references can name, in their order. */
export function labels(text: string): string[] {
    const found = text.matchAll(
        /^#\|\s*label:\s*["']?((?:fig|tbl|lst)-[\w-]+)|\{[^}\n]*#((?:fig|tbl|sec|eq|lst|thm)-[\w-]+)/gm,
    );
    return [...new Set([...found].map((match) => (match[1] ?? match[2])!))];
}

function isInCell(context: CompletionContext): boolean {
    let node = syntaxTree(context.state).resolve(context.pos, -1);
    for (;;) {
        if (node.name === "FencedCode") return true;
        if (!node.parent) return false;
        node = node.parent;
    }
}
