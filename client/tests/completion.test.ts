import { CompletionContext } from "@codemirror/autocomplete";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { cellOptionCompletion, labels, referenceCompletion } from "../src/editor/completion";
import { languageOf } from "../src/editor/language";

/** A place in a document, where the text has a '^'. */
function at(text: string): CompletionContext {
    const pos = text.indexOf("^");
    const state = EditorState.create({ doc: text.replace("^", ""), extensions: [languageOf("a.qmd")] });
    ensureSyntaxTree(state, state.doc.length, 5_000);
    return new CompletionContext(state, pos, false);
}

const names = (result: ReturnType<typeof cellOptionCompletion>) => result?.options.map((option) => option.label);

test("options of cells are completed in cells", () => {
    expect(names(cellOptionCompletion(at("```{python}\n#| fi^\n```\n")))).toContain("fig-cap");
    expect(cellOptionCompletion(at("#| fi^\n"))).toBeNull();
});

test("their values too, where there are few", () => {
    expect(names(cellOptionCompletion(at("```{python}\n#| echo: ^\n```\n")))).toEqual(["true", "false", "fenced"]);
    expect(cellOptionCompletion(at("```{python}\n#| fig-cap: ^\n```\n"))).toBeNull();
});

test("references are completed from the document's labels", () => {
    const text = "```{python}\n#| label: fig-mass\n```\n\n## Size {#sec-size}\n\nSee @^\n";

    expect(names(referenceCompletion(at(text)))).toEqual(["@fig-mass", "@sec-size"]);
});

test("an email address is no reference, and a decorator neither", () => {
    expect(referenceCompletion(at("{#sec-a}\nme@^"))).toBeNull();
    expect(referenceCompletion(at("{#sec-a}\n```{python}\n@^\n```\n"))).toBeNull();
});

test("labels are those that references can name", () => {
    expect(labels("#| label: setup\n#| label: tbl-a\n$$x$$ {#eq-b}\n## C {.unnumbered #sec-c}\n")).toEqual([
        "tbl-a",
        "eq-b",
        "sec-c",
    ]);
});
