import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later } from "./later";
import type { ProjectEvents } from "../src/api/events";
import { Following } from "../src/editor/following";

/** A server whose streams are opened and ended by the test. */
function setUp() {
    const streams: { told: ProjectEvents; end: () => void; signal: AbortSignal }[] = [];
    const told = { opened: vi.fn(), watching: vi.fn(), changed: vi.fn(), packages: vi.fn(), compile: vi.fn() };
    const ask = vi.fn(async () => undefined);
    following = new Following("p", told, ask, (_, told, signal) => {
        const { promise, resolve } = later<void>();
        streams.push({ told, end: resolve, signal });
        return promise;
    });
    following.start();
    return { streams, told, ask };
}

let following: Following;
let hidden = false;

beforeEach(() => {
    vi.useFakeTimers();
    hidden = false;
    vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
});

afterEach(() => following.close());

const look = (out: boolean) => {
    hidden = out;
    document.dispatchEvent(new Event("visibilitychange"));
};

test("while there is a stream, nobody asks", async () => {
    const { streams, told, ask } = setUp();
    streams[0]!.told.watching(3);
    streams[0]!.told.changed(4);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(told.watching).toHaveBeenCalledWith(3);
    expect(told.changed).toHaveBeenCalledWith(4);
    expect(ask).not.toHaveBeenCalled();
    expect(streams).toHaveLength(1);
});

test("when it ends the server is asked, and another is tried", async () => {
    const { streams, ask } = setUp();
    streams[0]!.told.watching(3);
    streams[0]!.end();
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(ask).toHaveBeenCalledTimes(2);
    expect(streams).toHaveLength(2);
});

test("a stream that a proxy holds back is no stream", async () => {
    const { streams, ask } = setUp();
    await vi.advanceTimersByTimeAsync(20_000);

    expect(ask).toHaveBeenCalledTimes(2);
    expect(streams).toHaveLength(1);
});

test("a page out of sight has none", () => {
    const { streams } = setUp();
    look(true);
    expect(streams[0]!.signal.aborted).toBe(true);
    look(false);

    expect(streams).toHaveLength(2);
});
