import { ApiError, call, send, url } from "./http";

const fileUrl = (project: string, path: string) =>
    url`/api/projects/${project}/files/` + path.split("/").map(encodeURIComponent).join("/");

const tagOf = (response: Response) => response.headers.get("ETag")?.replace(/^W\/|"/g, "") ?? "";

export interface TextFile {
    text: string;
    /** Names the content. */
    version: string;
}

export async function readText(project: string, path: string): Promise<TextFile> {
    const response = await send("GET", fileUrl(project, path));
    return { text: await response.text(), version: tagOf(response) };
}

/**
 * @param onto the version that the text was made from; empty for a file that is not there
 * @returns The new version and the project's, or what stands there by now instead of the one given; null for nothing.
 */
export async function saveText(
    project: string,
    path: string,
    text: string,
    onto: string,
    keepalive = false,
): Promise<{ saved: string; project: number } | { conflict: TextFile | null }> {
    try {
        const body = new Blob([text], { type: "text/plain;charset=utf-8" });
        const headers: Record<string, string> = onto === "" ? { "If-None-Match": "*" } : { "If-Match": `"${onto}"` };
        const response = await send("PUT", fileUrl(project, path), body, { headers, keepalive });
        const { version } = (await response.json()) as { version: number };
        return { saved: tagOf(response), project: version };
    } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 412) throw error;
        const { current } = error.problem;
        if (!current) return { conflict: null };
        const { etag, content } = current as { etag: string; content: string | null };
        if (content === null) throw error;
        return { conflict: { text: content, version: etag } };
    }
}

/** @throws ApiError of status 428 where something is there */
export const createFile = (project: string, path: string, content: Blob = new Blob([])) =>
    send("PUT", fileUrl(project, path), content, { headers: { "If-None-Match": "*" } });

/** A file, or a folder with all that is in it. */
export const moveFile = (project: string, from: string, to: string) =>
    call("POST", url`/api/projects/${project}/move`, { from, to });

export const deleteFile = (project: string, path: string) => call("DELETE", fileUrl(project, path));

export async function readContent(project: string, path: string): Promise<Blob> {
    return (await send("GET", fileUrl(project, path))).blob();
}
