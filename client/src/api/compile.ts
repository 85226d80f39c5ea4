import { ApiError, call, send, url } from "./http";
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
export const exportDeck = async (project: string) => buildOf(await call<Shown>("POST", `${of(project)}/export`, {}));

export const stopCompile = (project: string) => call("POST", `${of(project)}/stop`);

/** Forgets whatever earlier compiles left for the next one. */
export const clearCompile = (project: string) => call("POST", `${of(project)}/clear`);

/** The last build that made a document; null when there is none. */
export async function lastBuild(project: string): Promise<Build | null> {
    try {
        return buildOf(await call<Shown>("GET", `${of(project)}/builds/latest`));
    } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
    }
}

export async function buildLog(project: string, build: string): Promise<string> {
    return (await send("GET", of(project) + url`/builds/${build}/output/output.log`)).text();
}

function buildOf({ result, mainUrl, outputs, ...build }: Shown): Build {
    return {
        ...build,
        main: outputs.find((output) => output.url === mainUrl) ?? null,
        outputs,
        status: result.status,
        error: result.error ?? null,
        entries: result.logEntries ?? [],
    };
}
