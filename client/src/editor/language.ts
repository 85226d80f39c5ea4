import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { yaml, yamlFrontmatter, yamlLanguage } from "@codemirror/lang-yaml";
import { HighlightStyle, LanguageSupport, syntaxHighlighting, type Language } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";

/** The language of a file, by its name. */
export function languageOf(path: string): Extension {
    if (/\.(qmd|md|rmd)$/i.test(path)) return document_;
    if (/\.py$/i.test(path)) return python();
    if (/\.ya?ml$/i.test(path)) return yaml();
    return [];
}

/** Whether a file's text is for people to read. */
export const isProse = (path: string): boolean => /\.(qmd|md|rmd|txt)$/i.test(path);

const document_: LanguageSupport = yamlFrontmatter({
    content: markdown({ base: markdownLanguage, codeLanguages: codeLanguage, addKeymap: true }),
});

// What stands after a fence: ```python, or ```{python} and its options for a cell.
function codeLanguage(info: string): Language | null {
    const name = /^\{?\.?(\w+)/.exec(info)?.[1]?.toLowerCase();
    if (name === "python" || name === "py") return pythonLanguage;
    return name === "yaml" || name === "yml" ? yamlLanguage : null;
}

export const colours = syntaxHighlighting(
    HighlightStyle.define([
        { tag: tags.heading1, color: "var(--code-heading)", fontWeight: "700" },
        { tag: tags.heading, color: "var(--code-heading)", fontWeight: "650" },
        { tag: tags.strong, fontWeight: "700" },
        { tag: tags.emphasis, fontStyle: "italic" },
        { tag: tags.strikethrough, textDecoration: "line-through" },
        { tag: [tags.link, tags.url], color: "var(--accent)" },
        { tag: tags.quote, color: "var(--muted)" },
        { tag: [tags.processingInstruction, tags.meta, tags.contentSeparator], color: "var(--code-comment)" },
        { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
        { tag: [tags.string, tags.special(tags.string), tags.attributeValue], color: "var(--code-string)" },
        { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
        { tag: [tags.comment, tags.lineComment], color: "var(--code-comment)", fontStyle: "italic" },
        { tag: tags.function(tags.variableName), color: "var(--code-function)" },
        { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--code-function)" },
        { tag: tags.monospace, color: "var(--code-string)" },
        { tag: tags.invalid, color: "var(--error)" },
    ]),
);
