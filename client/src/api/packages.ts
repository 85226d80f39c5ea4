import { call, url } from "./http";
import type { EnvironmentView, RequirementFault, Requirements } from "./types";

const of = (project: string) => url`/api/projects/${project}/python`;

export const readRequirements = (project: string) => call<Requirements>("GET", `${of(project)}/requirements`);

/** @param onto the `hash` of the text that was changed. */
export const saveRequirements = (project: string, text: string, onto: string | null) =>
    call("PUT", `${of(project)}/requirements`, { text, onto });

/** Adds a line, whatever others have changed meanwhile. */
export const addRequirement = (project: string, requirement: string) =>
    call("POST", `${of(project)}/requirements/add`, { requirement });

/** What is wrong with a text that is not to be saved yet. */
export const faultsOf = async (project: string, text: string) =>
    (await call<{ faults: RequirementFault[] }>("POST", `${of(project)}/requirements/check`, { text })).faults;

export const readEnvironment = (project: string) => call<EnvironmentView>("GET", `${of(project)}/environment`);

export const buildEnvironment = (project: string) => call("POST", `${of(project)}/environment/build`);

/** Tries again what has failed. */
export const retryEnvironment = (project: string) => call("POST", `${of(project)}/environment/retry`);

/** Looks for newer versions that the lines allow. */
export const refreshEnvironment = (project: string) => call("POST", `${of(project)}/environment/refresh`);

/** Takes what people who may not install wrote for one's own, as it is in that version of the project. */
export const acceptChanges = (project: string, version: number) =>
    call("POST", `${of(project)}/environment/accept`, { version });

export const packageNames = (project: string, query: string) =>
    call<string[]>("GET", `${of(project)}/packages?${new URLSearchParams({ query })}`);
