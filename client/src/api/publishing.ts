import { call, url } from "./http";
import type { EarlierPage, Publication } from "./types";

const of = (project: string) => url`/api/projects/${project}/publish`;

/** Null while nothing is public; the latest of `earlier` comes first. */
export const readPublication = (project: string) =>
    call<(Publication & { earlier: EarlierPage[] }) | null>("GET", of(project));

export const publish = (project: string) => call<Publication>("POST", of(project), {});

export const rollBack = (project: string, buildId: string) =>
    call<Publication>("POST", `${of(project)}/rollback`, { buildId });

export const takeDown = (project: string) => call("DELETE", of(project));
