import { describe, expect, test } from "vitest";
import { changesBetween, merge } from "../src/editor/merge";

describe("merging what two people wrote", () => {
    test.each([
        ["nothing changed", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n"],
        ["one of them changed it", "a\nb\n", "a\nB\n", "a\nb\n", "a\nB\n"],
        ["the other did", "a\nb\n", "a\nb\n", "a\nb\nc\n", "a\nb\nc\n"],
        ["different lines", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"],
        ["the same change", "a\n", "ab\n", "ab\n", "ab\n"],
        ["different words of a line", "the quick fox\n", "the slow fox\n", "the quick dog\n", "the slow dog\n"],
        ["an empty file", "", "mine\n", "", "mine\n"],
    ])("%s", (_, base, mine, theirs, expected) => {
        expect(merge(base, mine, theirs)).toBe(expected);
    });

    test("what both wrote in one place stands twice, and nothing is lost", () => {
        const merged = merge("x\n\ny\n", "x\nmine\ny\n", "x\ntheirs\ny\n");

        expect(merged).toContain("mine");
        expect(merged).toContain("theirs");
    });

    test("long texts whose lines are alike are merged at once", () => {
        const text = (line: string) => "\n\n".repeat(50_000) + line + "\n\n".repeat(50_000);

        expect(merge(text("a b"), text("A b"), text("a B"))).toBe(text("A B"));
        expect(changesBetween(text("a b"), text("a B"))).toEqual([{ from: 100_002, to: 100_003, insert: "B" }]);
    });

    test("no letter is lost, whatever two people type", () => {
        // A fixed sequence, so that a failure comes again.
        let seed = 7;
        const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
        const typed = (text: string, mark: string) => {
            for (let i = 0; i < 8; i++) {
                const at = random(text.length + 1);
                text = `${text.slice(0, at)}${mark}${random(3) === 0 ? "\n" : ""}${text.slice(at)}`;
            }
            return text;
        };
        for (let round = 0; round < 300; round++) {
            const base = Array.from({ length: random(12) }, (_, i) => `line ${i} of it\n`).join("");
            const merged = merge(base, typed(base, "M"), typed(base, "T"));

            expect(merged.replace(/[^M]/g, "")).toHaveLength(8);
            expect(merged.replace(/[^T]/g, "")).toHaveLength(8);
        }
    });
});

test.each([
    ["a\nb\nc\n", "a\nB\nc\nd\n"],
    ["", "a"],
    ["a\nb", ""],
    ["one two three\n", "one 2 three\n"],
])("changes turn %j into %j", (from, to) => {
    const changes = changesBetween(from, to);

    const result = [...changes]
        .reverse()
        .reduce((text, change) => text.slice(0, change.from) + change.insert + text.slice(change.to), from);
    expect(result).toBe(to);
});

test("a change touches nothing but what differs", () => {
    expect(changesBetween("one two three\n", "one 2 three\n")).toEqual([{ from: 4, to: 7, insert: "2" }]);
});
