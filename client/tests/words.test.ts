import { expect, test } from "vitest";
import { destination } from "../src/accounts/destination";
import { Progress } from "../src/compile/progress.svelte";
import { changedLines } from "../src/history/changes";
import { outcomeOf, proposedLine } from "../src/log/entries";
import { gateWords } from "../src/packages/gate";
import { positionOf } from "../src/preview/messages";
import { chosen, deletedOnes } from "../src/projects/list";
import { bytes, when } from "../src/shell/words";
import type { Account, Build, ProjectSummary } from "../src/api/types";

test.each([
    [512, "512 bytes"],
    [1_500, "1.5 kB"],
    [24_600_000, "25 MB"],
    [7_300_000_000_000, "7300 GB"],
])("%d is %s", (size, words) => {
    expect(bytes(size)).toBe(words);
});

test.each([
    ["2026-05-04T11:59:40Z", "just now"],
    ["2026-05-04T11:30:00Z", "30 minutes ago"],
    ["2026-05-04T09:00:00Z", "3 hours ago"],
    ["2026-05-03T10:00:00Z", "yesterday"],
    ["2026-01-02T10:00:00Z", "Jan 2, 2026"],
])("%s was %s", (time, words) => {
    expect(when(time, Date.parse("2026-05-04T12:00:00Z"))).toBe(words);
});

test.each([
    ["/project/1", "/project/1"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    [null, "/"],
])("after signing in, %j leads to %s", (then, path) => {
    expect(destination(then)).toBe(path);
});

test("cells and packages are counted as they are done", () => {
    const progress = new Progress();
    progress.start();
    expect(progress.part).toBeNull();

    progress.heard({ stage: "cells", message: "Cell 3/4: fig-mass" });
    expect(progress.part).toBe(0.5);
    progress.heard({ stage: "rendering", message: "" });
    expect(progress.part).toBeNull();
    progress.heard({ stage: "queued", message: "", place: 2 });
    expect(progress.message).toBe("Number 2 in line");
});

test("only advice to add a package proposes a line", () => {
    const entry = { level: "error" as const, message: "" };
    const advice = { kind: "add-package", module: "cv2", requirementLine: "opencv-python" };

    expect(proposedLine({ ...entry, advice })).toBe("opencv-python");
    expect(proposedLine({ ...entry, advice: { ...advice, kind: "other-version" } })).toBeNull();
    expect(proposedLine(entry)).toBeNull();
});

test("whoever may not change the packages is told why", () => {
    const account = { mayInstall: true } as Account;
    const may = { mayEditRequirements: true, mayInstall: true, source: "owner" as const };
    const not = { ...may, mayEditRequirements: false, mayInstall: false };

    expect(gateWords(may, account)).toBeNull();
    expect(gateWords({ ...not, source: null }, null)).toContain("not signed in");
    expect(gateWords({ ...not, source: "link" }, account)).toContain("came through a link");
    expect(gateWords(not, { mayInstall: false } as Account)).toContain("administrator");
    expect(gateWords({ ...not, mayInstall: true, source: "invitation" }, account)).toContain("not change it");
});

test("a document's messages are read as nothing but a position", () => {
    expect(positionOf({ verso: "position", x: 0, y: 120 })).toEqual({ x: 0, y: 120, slide: "" });
    expect(positionOf({ verso: "position", x: 0, y: 0, slide: "#/what-happened/1" })?.slide).toBe("#/what-happened/1");
    expect(positionOf({ verso: "position", x: 0, y: 0, slide: "#/%C3%BCber-uns" })?.slide).toBe("#/%C3%BCber-uns");
    expect(positionOf({ verso: "position", x: 0, y: 0, slide: "//evil.example" })?.slide).toBe("");
    for (const data of [null, "position", { verso: "position" }, { verso: "position", x: "0", y: NaN }])
        expect(positionOf(data)).toBeNull();
});

test("what an entry of the log says is not said again above it", () => {
    const build = {
        status: "failure",
        error: "No module named 'x'.",
        entries: [{ level: "error", message: "No module named 'x'." }],
    } as Build;

    expect(outcomeOf(build)).toBeNull();
    expect(outcomeOf({ ...build, entries: [] })).toBe("No module named 'x'.");
});

test("projects are searched by all words, and ordered", () => {
    const project = (name: string, changedAt: string, isArchived = false) =>
        ({ name, changedAt, isArchived }) as ProjectSummary;
    const all = [
        project("Penguin report 10", "2026-01-01"),
        project("Penguin report 9", "2026-01-03"),
        project("Report", "2026-01-02"),
        project("Old penguin report", "2026-01-04", true),
    ];
    all.push({ ...project("Deleted penguin report", "2026-01-05"), deletedAt: "2026-01-06" });
    const names = (search: string, order: "changed" | "name", archived = false) =>
        chosen(all, { search, order, archived }).map((found) => found.name);

    expect(names("report peng", "name")).toEqual(["Penguin report 9", "Penguin report 10"]);
    expect(names("", "changed")[0]).toBe("Penguin report 9");
    expect(names("", "name", true)).toEqual(["Old penguin report"]);
    expect(deletedOnes(all, "report deleted").map((found) => found.name)).toEqual(["Deleted penguin report"]);
    expect(deletedOnes(all, "Old")).toEqual([]);
});

test("what changed is shown with a few lines around it", () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join("");

    const lines = changedLines(before, before.replace("line 10", "line ten"));

    expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
        "skipped … 7 lines …",
        "same line 7",
        "same line 8",
        "same line 9",
        "removed line 10",
        "added line ten",
        "same line 11",
        "same line 12",
        "same line 13",
        "skipped … 6 lines …",
    ]);
});
