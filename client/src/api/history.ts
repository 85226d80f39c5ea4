import { call, url } from "./http";
import type { ProjectFile, Version } from "./types";

const of = (project: string) => url`/api/projects/${project}/versions`;

export const listVersions = (project: string, before?: number) =>
    call<Version[]>("GET", of(project) + (before === undefined ? "" : `?before=${before}`));

export const versionFiles = (project: string, number: number) =>
    call<ProjectFile[]>("GET", `${of(project)}/${number}/files`);

export const versionText = (project: string, number: number, path: string) =>
    call<string>("GET", `${of(project)}/${number}/files/${path.split("/").map(encodeURIComponent).join("/")}`);

export const restoreVersion = (project: string, number: number) => call("POST", `${of(project)}/${number}/restore`);
