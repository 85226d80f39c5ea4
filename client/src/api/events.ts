import { headersOfCaller, url } from "./http";
import { readEvents } from "./eventStream";
import type { CompileEvent } from "./types";

/** What a project tells those who have it open. */
export type ProjectEvent =
    { kind: "changed"; version: number } | { kind: "compile"; event: CompileEvent } | { kind: "packages" };

/** Listens until it is stopped, connecting again when the connection is lost. */
export function watchProject(
    project: string,
    onevent: (event: ProjectEvent) => void,
    onreconnect: () => void,
): () => void {
    const stopping = new AbortController();
    void listen();
    return () => stopping.abort();

    async function listen(): Promise<void> {
        for (let failures = 0, wasOpen = false; !stopping.signal.aborted;) {
            try {
                // Not an EventSource: that sends no headers, and whoever came by a link is known by one.
                const response = await fetch(url`/api/projects/${project}/events`, {
                    headers: { Accept: "text/event-stream", ...headersOfCaller("GET") },
                    signal: stopping.signal,
                });
                if (response.ok && response.body) {
                    if (wasOpen) onreconnect();
                    wasOpen = true;
                    failures = 0;
                    for await (const { event, data } of readEvents(response.body as ReadableStream<BufferSource>))
                        tell(event, data);
                }
            } catch {
                // Lost: tried again below.
            }
            await pause(Math.min(15_000, 500 * 2 ** failures++));
        }
    }

    function tell(event: string, data: string): void {
        if (event === "compile") onevent({ kind: "compile", event: JSON.parse(data) as CompileEvent });
        else if (event === "changed") onevent({ kind: "changed", ...(JSON.parse(data) as { version: number }) });
        else if (event === "packages") onevent({ kind: "packages" });
    }

    function pause(milliseconds: number): Promise<void> {
        return new Promise((resolve) => {
            const timer = setTimeout(resolve, milliseconds);
            stopping.signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
        });
    }
}
