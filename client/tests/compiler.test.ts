import { beforeEach, expect, test, vi } from "vitest";
import { Compiler } from "../src/compile/compiler.svelte";

/** A server that gives these answers to compiles, one after the other. */
function setUp(...answers: Response[]) {
    const asked = vi.fn(async () => answers.shift()!);
    vi.stubGlobal("fetch", asked);
    const compiler = new Compiler(
        "p",
        async () => undefined,
        () => undefined,
    );
    return { asked, compiler };
}

const tooOften = (seconds: string) =>
    new Response(JSON.stringify({ detail: "That was too often." }), {
        status: 429,
        headers: { "Retry-After": seconds, "Content-Type": "application/json" },
    });
const done = () =>
    new Response(JSON.stringify({ id: "b", status: "success", mainPath: null, files: [], entries: [] }), {
        headers: { "Content-Type": "application/json" },
    });

beforeEach(() => {
    vi.useFakeTimers();
});

test("a render that came by itself too soon comes again by itself", async () => {
    const { asked, compiler } = setUp(tooOften("1"), done());
    compiler.whileTyping = true;
    compiler.typed();
    await vi.advanceTimersByTimeAsync(1_200);
    expect(compiler.refusal).toBe("");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(asked).toHaveBeenCalledTimes(2);
    expect(compiler.build?.status).toBe("success");
});

test("one that somebody asked for, or that has long to wait, is said to be refused", async () => {
    const { compiler } = setUp(tooOften("1"), tooOften("300"));
    await compiler.run();
    expect(compiler.refusal).toBe("That was too often.");
    compiler.refusal = "";
    await compiler.run({ byItself: true });

    expect(compiler.refusal).toBe("That was too often.");
});
