import { call, url } from "./http";
import type { Packages, RequirementFault } from "./types";

const of = (project: string) => url`/api/projects/${project}/packages`;

export const readPackages = (project: string) => call<Packages>("GET", of(project));

export const saveRequirements = (project: string, text: string, onto: string | null) =>
    call<Packages>("PUT", of(project), { text, onto });

export const checkRequirements = (project: string, text: string) =>
    call<{ faults: RequirementFault[] }>("POST", `${of(project)}/check`, { text });

export const packageNames = (prefix: string) =>
    call<string[]>("GET", `/api/packages?${new URLSearchParams({ prefix })}`);

export const buildEnvironment = (project: string) => call("POST", `${of(project)}/build`);

export const refreshPackages = (project: string) => call<Packages>("POST", `${of(project)}/refresh`);

/** The requirements with exact versions, for somebody to look at. */
export const pinnedRequirements = (project: string) => call<{ text: string }>("GET", `${of(project)}/pinned`);
