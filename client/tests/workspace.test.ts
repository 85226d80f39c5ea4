import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Drafts } from "../src/editor/drafts";
import { Workspace } from "../src/editor/workspace.svelte";

/** A server with one project of one document. */
function setUp(mayEdit: boolean) {
    const project = { id: "p", name: "Paper", version: 1, mayEdit, rootPath: null };
    const json = (body: unknown) =>
        new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
    vi.stubGlobal("fetch", async (address: string) => {
        if (address === "/api/projects/p") return json(project);
        if (address === "/api/projects/p/files") return json([{ path: "a.qmd", size: 4, isText: true, eTag: "1" }]);
        if (address === "/api/projects/p/files/a.qmd") return new Response("real\n", { headers: { ETag: '"1"' } });
        return new Response("{}", { status: 404, headers: { "Content-Type": "application/json" } });
    });
    return project;
}

/** Puts the open file on the screen. */
function attach(workspace: Workspace) {
    const file = workspace.open!;
    workspace.attach(file, {
        text: () => file.text,
        apply: () => undefined,
        focus: () => undefined,
        reveal: () => undefined,
    });
}

let workspace: Workspace | null = null;

beforeEach(() => {
    localStorage.clear();
    new Drafts("p", "a.qmd").keep("real\n", "real\nunsaved\n");
});

afterEach(() => workspace?.close());

test("who may write goes on with what was not saved", async () => {
    setUp(true);
    workspace = await Workspace.load("p");

    expect(workspace.open?.text).toBe("real\nunsaved\n");
});

test("who may only read sees the project's text, and the draft stays until they may write again", async () => {
    const project = setUp(false);
    workspace = await Workspace.load("p");
    attach(workspace);
    expect(workspace.open?.text).toBe("real\n");
    await workspace.close();

    project.mayEdit = true;
    workspace = await Workspace.load("p");
    expect(workspace.open?.text).toBe("real\nunsaved\n");
});

test("who may write again while the page is open gets the draft back", async () => {
    const project = setUp(false);
    workspace = await Workspace.load("p");
    attach(workspace);
    Object.assign(project, { mayEdit: true, version: 2 });
    await workspace.refresh();

    await vi.waitFor(() => expect(workspace?.open?.text).toBe("real\nunsaved\n"));
});
