import { expect, test } from "vitest";
import type { ProjectFile } from "../src/api/types";
import { pathFault, treeOf, visible } from "../src/files/tree";

const files = (...paths: string[]): ProjectFile[] => paths.map((path) => ({ path, size: 1, isText: true, eTag: path }));

test("folders come first, numbers in their order, and the packages are elsewhere", () => {
    const tree = treeOf(files("b.qmd", "fig10.png", "fig9.png", "data/x.csv", "requirements.vrf"), ["empty"]);

    expect(tree.map((node) => node.name)).toEqual(["data", "empty", "b.qmd", "fig9.png", "fig10.png"]);
});

test("a file of that name in a folder is an ordinary file", () => {
    expect(treeOf(files("sub/requirements.vrf"))[0]!.children.map((node) => node.path)).toEqual([
        "sub/requirements.vrf",
    ]);
});

test("what is in a closed folder is out of sight", () => {
    const rows = visible(treeOf(files("a/b/c.qmd", "d.qmd")), (path) => path === "a");

    expect(rows.map(({ node, depth }) => [node.path, depth])).toEqual([
        ["a", 0],
        ["a/b", 1],
        ["d.qmd", 0],
    ]);
});

test.each([
    ["", "Give it a name."],
    ["a/../b", "A name cannot be empty, '.' or '..'."],
    ["a//b", "A name cannot be empty, '.' or '..'."],
    ["a\\b", "A name cannot have '\\' or control characters in it."],
    ["requirements.vrf", "Packages have an editor of their own, above the files."],
    ["a.qmd", "a.qmd is there already."],
    ["sub", "sub is there already."],
])("%j is refused", (path, fault) => {
    expect(pathFault(path, files("a.qmd", "sub/x"))).toBe(fault);
});
