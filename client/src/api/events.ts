import { headersOfCaller, url } from "./http";
import { readEvents } from "./eventStream";
import type { CompileEvent } from "./types";

/**
 * What this person's compile of a project does, until it is done or told to stop. Not an EventSource: that sends no headers,
 * and whoever came by a link is known by one.
 */
export async function watchCompile(
    project: string,
    onevent: (event: CompileEvent) => void,
    signal: AbortSignal,
): Promise<void> {
    try {
        const response = await fetch(url`/api/projects/${project}/events`, {
            headers: { Accept: "text/event-stream", ...headersOfCaller("GET") },
            signal,
        });
        if (!response.ok || !response.body) return;
        for await (const { event, data } of readEvents(response.body as ReadableStream<BufferSource>))
            if (event === "compile") onevent(JSON.parse(data) as CompileEvent);
    } catch {
        // Stopped, or lost: the compile's own answer says how it ended.
    }
}
