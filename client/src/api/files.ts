import { ApiError, call, send, url } from "./http";

const fileUrl = (project: string, path: string) =>
    url`/api/projects/${project}/files/` + path.split("/").map(encodeURIComponent).join("/");

const versionOf = (response: Response) => response.headers.get("ETag")?.replace(/^W\/|"/g, "") ?? "";

export async function readText(project: string, path: string): Promise<{ text: string; version: string }> {
    const response = await send("GET", fileUrl(project, path));
    return { text: await response.text(), version: versionOf(response) };
}

/** @returns Null when the file is another one than the version by now. */
export async function saveText(
    project: string,
    path: string,
    text: string,
    onto: string,
    keepalive = false,
): Promise<string | null> {
    try {
        const body = new Blob([text], { type: "text/plain;charset=utf-8" });
        const headers = { "If-Match": `"${onto}"` };
        return versionOf(await send("PUT", fileUrl(project, path), body, { headers, keepalive }));
    } catch (error) {
        if (error instanceof ApiError && (error.status === 412 || error.status === 409)) return null;
        throw error;
    }
}

export const createFile = (project: string, path: string, content: Blob | string = "") =>
    send("PUT", fileUrl(project, path), content instanceof Blob ? content : new Blob([content]), {
        headers: { "If-None-Match": "*" },
    });

/** A file, or a folder with all that is in it. */
export const moveFile = (project: string, from: string, to: string) =>
    call("POST", url`/api/projects/${project}/move`, { from, to });

export const deleteFile = (project: string, path: string) => call("DELETE", fileUrl(project, path));

export const fileContentUrl = fileUrl;

