import { url } from "./http";
import type { CompileEvent } from "./types";

/** What a project tells those who have it open. */
export type ProjectEvent =
    | { kind: "changed"; version: number; paths: string[] }
    | { kind: "compile"; event: CompileEvent }
    | { kind: "packages" };

/** Listens until it is stopped; the browser connects again by itself when the connection is lost. */
export function watchProject(
    project: string,
    onevent: (event: ProjectEvent) => void,
    onreconnect: () => void,
): () => void {
    const source = new EventSource(url`/api/projects/${project}/events`);
    let wasOpen = false;
    source.onopen = () => {
        if (wasOpen) onreconnect();
        wasOpen = true;
    };
    for (const kind of ["changed", "compile", "packages"] as const)
        source.addEventListener(kind, (message) => {
            const data = JSON.parse((message as MessageEvent<string>).data);
            onevent(kind === "compile" ? { kind, event: data } : { kind, ...data });
        });
    return () => source.close();
}
