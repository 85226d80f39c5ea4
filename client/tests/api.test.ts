import { expect, test, vi } from "vitest";
import { readEvents } from "../src/api/eventStream";
import { saveText } from "../src/api/files";
import { ApiError, call, sentence, url, useAntiforgeryToken, whenSignedOut } from "../src/api/http";

const answer = (body: unknown, init: ResponseInit) =>
    vi.stubGlobal(
        "fetch",
        vi.fn(
            async () =>
                new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" }, ...init }),
        ),
    );

test("a refusal says what the server said", async () => {
    answer({ title: "Bad Request", detail: "A name has 1 to 100 characters." }, { status: 400 });

    await expect(call("POST", "/api/projects", {})).rejects.toThrow("A name has 1 to 100 characters.");
});

test("no answer is said as that, and is known as such", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    const failure = await call("GET", "/api/session").catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).isOffline).toBe(true);
    expect((failure as ApiError).message).toBe("The server cannot be reached.");
});

test("what changes something carries the antiforgery token, what reads does not", async () => {
    answer({}, { status: 200 });
    useAntiforgeryToken("secret");
    await call("POST", "/api/projects", {});
    await call("GET", "/api/projects");

    const headers = vi.mocked(fetch).mock.calls.map(([, init]) => new Headers(init?.headers).get("Verso-Antiforgery"));
    expect(headers).toEqual(["secret", null]);
});

test("a token that has become old is read anew, once", async () => {
    const stale = { detail: "The antiforgery token is missing or old; read /api/session again." };
    const answers = [
        new Response(JSON.stringify(stale), { status: 400 }),
        new Response(JSON.stringify({ antiforgeryToken: "new" })),
        new Response(null, { status: 204 }),
    ];
    vi.stubGlobal(
        "fetch",
        vi.fn(async () => answers.shift()!),
    );

    await call("DELETE", "/api/session");

    const last = vi.mocked(fetch).mock.calls.at(-1)![1]!;
    expect(new Headers(last.headers).get("Verso-Antiforgery")).toBe("new");
});

test("a save on top of another version gives what is there", async () => {
    answer({ detail: "changed", current: { etag: "abc", size: 5, content: "there" } }, { status: 412 });

    expect(await saveText("p", "a.qmd", "mine", "old")).toEqual({ conflict: { text: "there", version: "abc" } });
});

test("a save of a file that is gone finds nothing there", async () => {
    answer({ detail: "'a.qmd' was deleted or moved meanwhile; nothing was changed.", current: null }, { status: 412 });

    expect(await saveText("p", "a.qmd", "mine", "old")).toEqual({ conflict: null });
});

test("a save on top of nothing asks that nothing is there", async () => {
    answer({ version: 8 }, { status: 200, headers: { ETag: '"new"' } });

    expect(await saveText("p", "a.qmd", "mine", "")).toEqual({ saved: "new", project: 8 });
    expect(new Headers(vi.mocked(fetch).mock.calls[0]![1]!.headers).get("If-None-Match")).toBe("*");
});

test("whoever is not known any more is told so, except for a wrong password", async () => {
    const told = vi.fn();
    whenSignedOut(told);
    answer({ detail: "Sign in first." }, { status: 401 });

    await call("POST", "/api/session", {}).catch(() => undefined);
    expect(told).not.toHaveBeenCalled();
    await call("GET", "/api/projects").catch(() => undefined);
    expect(told).toHaveBeenCalledOnce();
});

test("a status without words has words", () => {
    expect(sentence(413, {})).toBe("That is too large to upload.");
    expect(sentence(418, {})).toBe("The server answered 418.");
});

test("parts of an address are escaped", () => {
    expect(url`/api/projects/${"a/b"}/files`).toBe("/api/projects/a%2Fb/files");
});

test("events are read as they come, however they are cut", async () => {
    const pieces = [
        "event: compile\nda",
        'ta: {"stage":\ndata: "cells"}\n\n: alive\n\nev',
        "ent: packages\ndata: {}\n\n",
    ];
    const body = new ReadableStream<BufferSource>({
        start(controller) {
            for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
            controller.close();
        },
    });

    const events = [];
    for await (const event of readEvents(body)) events.push(event);

    expect(events).toEqual([
        { event: "compile", data: '{"stage":\n"cells"}' },
        { event: "packages", data: "{}" },
    ]);
});
