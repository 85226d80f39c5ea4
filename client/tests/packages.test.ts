import { beforeEach, expect, test, vi } from "vitest";
import { later } from "./later";
import { PackagesState } from "../src/packages/packages.svelte";

/** A server with one project's packages. */
function setUp() {
    const server = {
        text: "humanize\n",
        state: "ready",
        log: "",
        build: null as Promise<void> | null,
        unaccepted: [] as string[],
        posted: [] as string[],
    };
    const json = (body: unknown) =>
        new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
    vi.stubGlobal("fetch", async (address: string, { method, body }: RequestInit) => {
        if (method === "POST") {
            server.posted.push(`${address} ${body as string}`);
            if (address.endsWith("/accept")) Object.assign(server, { state: "ready", unaccepted: [] });
            await server.build;
            return json({});
        }
        return json(
            address.endsWith("/requirements")
                ? { text: server.text, hash: server.text, faults: [] }
                : { state: server.state, log: server.log, packages: [], unaccepted: server.unaccepted },
        );
    });
    return { server, packages: new PackagesState("p") };
}

beforeEach(() => {
    vi.useFakeTimers();
});

test("what others save while something is typed does not take it away", async () => {
    const { server, packages } = setUp();
    await packages.read();
    packages.draft = "humanize\nrequests\n";
    server.text = "tabulate\nhumanize\n";
    await packages.read();

    expect(packages.draft).toBe("tabulate\nhumanize\nrequests\n");
});

test("a build that is asked for says how far it is, and goes on when the answer does not wait for it", async () => {
    const { server, packages } = setUp();
    await packages.read();
    const { promise, resolve } = later<void>();
    server.build = promise;
    const built = packages.build();
    expect(packages.isBuilding).toBe(true);

    Object.assign(server, { state: "building", log: "[1/2] humanize 4.1\n" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(packages.lines).toEqual(["[1/2] humanize 4.1"]);
    resolve();
    await built;
    expect(packages.isBuilding).toBe(true);
    server.log += "[2/2] tabulate 0.9\n";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(packages.lines).toHaveLength(2);
    server.state = "ready";
    await vi.advanceTimersByTimeAsync(1_000);

    expect(packages.isBuilding).toBe(false);
    packages.close();
});

test("what others wrote is accepted as it is in one version, and then the environment is read anew", async () => {
    const { server, packages } = setUp();
    Object.assign(server, { state: "not-allowed", unaccepted: ["index.qmd"] });
    await packages.read();
    expect(packages.environment?.unaccepted).toEqual(["index.qmd"]);

    expect(await packages.accept(7)).toBe(true);
    expect(server.posted).toEqual(['/api/projects/p/python/environment/accept {"version":7}']);
    expect(packages.environment).toMatchObject({ state: "ready", unaccepted: [] });
});
