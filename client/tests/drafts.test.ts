import { beforeEach, expect, test, vi } from "vitest";
import { Drafts } from "../src/editor/drafts";

beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
});

test("a draft is there when the page is opened again, once", () => {
    new Drafts("p", "a.qmd").keep("base", "text");

    expect(new Drafts("p", "a.qmd").take()).toMatchObject([{ base: "base", text: "text" }]);
    expect(new Drafts("p", "a.qmd").take()).toEqual([]);
});

test("drafts of other files stay where they are", () => {
    new Drafts("p", "a.qmd").keep("base", "text");

    expect(new Drafts("p", "a.qmd2").take()).toEqual([]);
    expect(new Drafts("q", "a.qmd").take()).toEqual([]);
});

test("a draft of another tab is taken when that tab has gone, not while it types", () => {
    localStorage.setItem("verso.draft.p/a.qmd#other", JSON.stringify({ base: "b", text: "t", at: Date.now() }));

    expect(new Drafts("p", "a.qmd").take()).toEqual([]);
    vi.advanceTimersByTime(20_000);
    expect(new Drafts("p", "a.qmd").take()).toMatchObject([{ text: "t" }]);
});

test("what is saved leaves no draft", () => {
    const drafts = new Drafts("p", "a.qmd");
    drafts.keep("base", "text");
    drafts.drop();

    expect(localStorage).toHaveLength(0);
});
