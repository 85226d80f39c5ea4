import { call, url } from "./http";
import type { Project, ProjectSummary } from "./types";

export interface Example {
    name: string;
    title: string;
    description: string;
}

export const listProjects = () => call<ProjectSummary[]>("GET", "/api/projects");

export const readProject = (id: string) => call<Project>("GET", url`/api/projects/${id}`);

export const createProject = (name: string, example?: string) =>
    call<{ id: string }>("POST", "/api/projects", { name, example });

export const listExamples = () => call<Example[]>("GET", "/api/examples");

/** A project from a ZIP archive. */
export function uploadProject(archive: File): Promise<{ id: string }> {
    const form = new FormData();
    form.append("archive", archive);
    return call("POST", "/api/projects/upload", form);
}

export const copyProject = (id: string, name: string) =>
    call<{ id: string }>("POST", url`/api/projects/${id}/copy`, { name });

export const changeProject = (
    id: string,
    change: { name?: string; rootPath?: string | null; isArchived?: boolean },
) => call("PATCH", url`/api/projects/${id}`, change);

export const deleteProject = (id: string) => call("DELETE", url`/api/projects/${id}`);

export const archiveUrl = (id: string) => url`/api/projects/${id}/archive`;
