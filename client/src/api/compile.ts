import { call, send, url } from "./http";
import type { Build, Shown } from "./types";

const of = (project: string) => url`/api/projects/${project}`;

export interface Wishes {
    stopOnFirstError?: boolean;
    /** Try again to install what has just failed. */
    retry?: boolean;
}

export const compile = async (project: string, wishes: Wishes) =>
    buildOf(await call<Shown>("POST", `${of(project)}/compile`, wishes));

/** The deck as one HTML file, as PDF and as PowerPoint. */
export const exportDeck = async (project: string) =>
    buildOf(await call<Shown>("POST", `${of(project)}/export`, { format: "presentation" }));

export const stopCompile = (project: string) => call("POST", `${of(project)}/stop`);

/** Forgets whatever earlier compiles left for the next one. */
export const clearCompile = (project: string) => call("POST", `${of(project)}/clear`);

/** One's own last build, or for readers the last that made a document; null when there is none. */
export async function lastBuild(project: string): Promise<Build | null> {
    const build = await call<Shown | null>("GET", `${of(project)}/builds/latest`);
    return build && buildOf(build);
}

export async function buildLog(project: string, build: string): Promise<string> {
    return (await send("GET", of(project) + url`/builds/${build}/log`)).text();
}

function buildOf({ mainPath, files, ...build }: Shown): Build {
    return { ...build, main: files.find((file) => file.path === mainPath) ?? null, outputs: files };
}
