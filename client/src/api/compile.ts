import { call, url } from "./http";
import type { Build, OutputFile } from "./types";

export const compile = (
    project: string,
    options: { fromScratch?: boolean; stopOnFirstError?: boolean; retry?: boolean },
) => call<Build>("POST", url`/api/projects/${project}/compile`, options);

export const stopCompile = (project: string) => call("POST", url`/api/projects/${project}/compile/stop`);

/** The last build of this person, if any. */
export const lastBuild = (project: string) => call<Build | null>("GET", url`/api/projects/${project}/builds/latest`);

export const buildLog = (project: string, build: string) =>
    call<string>("GET", url`/api/projects/${project}/builds/${build}/log`);

export interface Export {
    status: Build["status"];
    files: OutputFile[];
    entries: Build["entries"];
    error: string | null;
}

export const exportProject = (project: string, format: string) =>
    call<Export>("POST", url`/api/projects/${project}/export`, { format });
