import { beforeEach, describe, expect, test, vi } from "vitest";
import { later } from "./later";
import { ApiError } from "../src/api/http";
import { Autosave, type Store, type Stored } from "../src/editor/autosave.svelte";

/** A file on a server that can be made to fail, and an editor over it. */
function setUp(first = "hello\n", room = () => true) {
    const server = { text: first, number: 1, offline: false, refusal: null as ApiError | null };
    const version = () => `v${server.number}`;
    const reach = () => {
        if (server.offline) throw new ApiError("The server cannot be reached.", 0);
        if (server.refusal) throw server.refusal;
    };
    const write = (text: string) => {
        server.text = text;
        server.number++;
    };
    const store: Store = {
        load: async () => (reach(), { text: server.text, version: version() }),
        async save(text, onto) {
            reach();
            if (onto !== version()) return { conflict: { text: server.text, version: version() } };
            write(text);
            return { saved: version() };
        },
    };
    const editor = { text: first };
    const kept: { base: string; text: string }[] = [];
    const drafts = {
        keep: (base: string, text: string) => (kept.push({ base, text }), room()),
        drop: () => void kept.splice(0),
    };
    const stored: Stored = { text: first, version: version() };
    const autosave = new Autosave(
        stored,
        store,
        { text: () => editor.text, replace: (text) => (editor.text = text) },
        drafts,
    );
    const type = (text: string) => {
        editor.text = text;
        autosave.changed();
    };
    return { server, store, editor, kept, autosave, type, write };
}

beforeEach(() => {
    vi.useFakeTimers();
});

describe("autosave", () => {
    test("saves what was typed a moment later", async () => {
        const { server, autosave, type, kept } = setUp();

        type("hello world\n");
        expect(autosave.state).toBe("unsaved");
        await vi.advanceTimersByTimeAsync(600);

        expect(server.text).toBe("hello world\n");
        expect(autosave.state).toBe("saved");
        expect(kept).toEqual([]);
    });

    test("what is typed while a save is under way is saved too", async () => {
        const { server, store, editor, autosave, type } = setUp();
        const save = store.save.bind(store);
        store.save = async (...given) => {
            store.save = save;
            editor.text += "more\n";
            return save(...given);
        };

        type("first\n");
        await autosave.flush();

        expect(server.text).toBe("first\nmore\n");
        expect(autosave.state).toBe("saved");
    });

    test("a minute without the server loses nothing", async () => {
        const { server, autosave, type, kept } = setUp();
        server.offline = true;

        type("typed offline\n");
        await vi.advanceTimersByTimeAsync(60_000);
        expect(autosave.state).toBe("offline");
        expect(kept.at(-1)).toEqual({ base: "hello\n", text: "typed offline\n" });
        server.offline = false;
        await vi.advanceTimersByTimeAsync(11_000);

        expect(server.text).toBe("typed offline\n");
        expect(autosave.state).toBe("saved");
        expect(kept).toEqual([]);
    });

    test("what somebody else saved meanwhile is merged, not overwritten", async () => {
        const { server, editor, autosave, type, write } = setUp("one\ntwo\nthree\n");
        write("one\ntwo\nTHREE\n");

        type("ONE\ntwo\nthree\n");
        await autosave.flush();

        expect(server.text).toBe("ONE\ntwo\nTHREE\n");
        expect(editor.text).toBe(server.text);
    });

    test("two tabs come to the same text", async () => {
        const here = setUp("a\nb\nc\n");
        const there = new Autosave(
            { text: "a\nb\nc\n", version: "v1" },
            here.store,
            { text: () => other.text, replace: (text) => (other.text = text) },
            { keep: () => true, drop: () => undefined },
        );
        const other = { text: "a\nb\nc there\n" };

        here.type("a here\nb\nc\n");
        await Promise.all([here.autosave.flush(), there.flush()]);
        await here.autosave.pull();

        expect(here.server.text).toBe("a here\nb\nc there\n");
        expect(here.editor.text).toBe(here.server.text);
        expect(other.text).toBe(here.server.text);
    });

    test("what is typed while others' text is read is not undone by it", async () => {
        const { store, server, editor, autosave, type } = setUp("one\n");
        const read = later<Stored>();
        const before = await store.load();
        store.load = () => read.promise;

        const pulled = autosave.pull();
        type("one and more\n");
        const saved = autosave.flush();
        read.resolve(before);
        await Promise.all([pulled, saved]);

        expect(editor.text).toBe("one and more\n");
        expect(server.text).toBe("one and more\n");
    });

    test("what is typed into a file that was deleted brings it back", async () => {
        const { store, autosave, type } = setUp("one\n");
        const onto: string[] = [];
        store.save = async (_, version) => {
            onto.push(version);
            return version === "" ? { saved: "v2" } : { conflict: null };
        };

        type("one and more\n");
        await autosave.flush();

        expect(onto).toEqual(["v1", ""]);
        expect(autosave.state).toBe("saved");
    });

    test("a server that wants a rest is asked again, and its reason is said", async () => {
        const { server, autosave, type } = setUp();
        server.refusal = new ApiError("That was too often.", 429);

        type("fast\n");
        await autosave.flush();
        expect([autosave.state, autosave.reason]).toEqual(["offline", "That was too often."]);
        server.refusal = null;
        await vi.advanceTimersByTimeAsync(1_100);

        expect(server.text).toBe("fast\n");
    });

    test("a page may not go away with what this browser cannot keep", () => {
        const { autosave, editor } = setUp();
        expect(autosave.wouldLose()).toBe(false);
        editor.text = "typed\n";
        expect(autosave.wouldLose()).toBe(false);
        const { autosave: full, editor: other } = setUp("", () => false);
        other.text = "typed\n";

        expect(full.wouldLose()).toBe(true);
    });

    test("a refusal is said, and the text stays as a draft", async () => {
        const { server, autosave, type, kept } = setUp();
        server.refusal = new ApiError("A file may have 50 MiB at most.", 413);

        type("too much\n");
        await autosave.flush();

        expect(autosave.state).toBe("refused");
        expect(autosave.reason).toBe("A file may have 50 MiB at most.");
        expect(kept.at(-1)?.text).toBe("too much\n");
    });
});
