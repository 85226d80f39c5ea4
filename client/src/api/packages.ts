import { ApiError, call, url } from "./http";
import type { EnvironmentView, RequirementFault, Requirements } from "./types";

const of = (project: string) => url`/api/projects/${project}/python`;

export const readRequirements = (project: string) => call<Requirements>("GET", `${of(project)}/requirements`);

/** @param onto the text's `eTag` that was changed; empty when there was none. */
export const saveRequirements = (project: string, text: string, onto: string) =>
    call<Requirements>("PUT", `${of(project)}/requirements`, { text }, { headers: precondition(onto) });

/** Adds a line, whatever others have changed meanwhile. */
export const addRequirement = (project: string, requirement: string) =>
    call<Requirements>("POST", `${of(project)}/requirements/add`, { requirement });

/** What is wrong with a text that is not to be saved yet: the server reads it before it looks on top of what it would go. */
export async function faultsOf(project: string, text: string): Promise<RequirementFault[]> {
    try {
        await saveRequirements(project, text, "not-to-be-saved");
        return [];
    } catch (error) {
        return error instanceof ApiError ? ((error.problem.faults as RequirementFault[] | undefined) ?? []) : [];
    }
}

export const readEnvironment = (project: string) => call<EnvironmentView>("GET", `${of(project)}/environment`);

export const buildEnvironment = (project: string) => call("POST", `${of(project)}/environment/build`);

/** Tries again what has failed. */
export const retryEnvironment = (project: string) => call("POST", `${of(project)}/environment/retry`);

/** Looks for newer versions that the lines allow. */
export const refreshEnvironment = (project: string) => call("POST", `${of(project)}/environment/refresh`);

export const packageNames = (project: string, query: string) =>
    call<{ name: string; source: string }[]>("GET", `${of(project)}/packages?${new URLSearchParams({ query })}`);

const precondition = (onto: string): Record<string, string> =>
    onto === "" ? { "If-None-Match": "*" } : { "If-Match": `"${onto}"` };
