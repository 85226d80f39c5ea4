import { ApiError, headersOfCaller, url } from "./http";
import { readEvents } from "./eventStream";
import type { CompileEvent } from "./types";

/** What those are told who have a project open. */
export interface ProjectEvents {
    /** From here on; of a compile that is under way, all of it is told again. */
    opened(): void;
    /** Nothing is missed from here on; the project's version is this one now. */
    watching(version: number): void;
    changed(version: number): void;
    packages(): void;
    /** Of this person's own compiles. */
    compile(event: CompileEvent): void;
}

/**
 * Tells what happens to a project until the connection is lost, or the signal ends it. Not an EventSource: that sends no
 * headers, and whoever came by a link is known by one.
 * @throws ApiError when it is refused
 */
export async function watchProject(project: string, told: ProjectEvents, signal: AbortSignal): Promise<void> {
    const response = await fetch(url`/api/projects/${project}/events`, {
        headers: { Accept: "text/event-stream", ...headersOfCaller("GET") },
        signal,
    });
    if (!response.ok || !response.body) throw new ApiError("The server tells of no changes.", response.status);
    told.opened();
    for await (const { event, data } of readEvents(response.body as ReadableStream<BufferSource>)) {
        if (event === "watching") told.watching((JSON.parse(data) as { version: number }).version);
        else if (event === "changed") told.changed((JSON.parse(data) as { version: number }).version);
        else if (event === "packages") told.packages();
        else if (event === "compile") told.compile(JSON.parse(data) as CompileEvent);
    }
}
