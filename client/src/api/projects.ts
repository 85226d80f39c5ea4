import { call, url } from "./http";
import type { Project, ProjectFile, ProjectSummary } from "./types";

export const listProjects = () => call<ProjectSummary[]>("GET", "/api/projects");

export async function readProject(id: string): Promise<Project> {
    const [project, files] = await Promise.all([
        call<Omit<Project, "files">>("GET", url`/api/projects/${id}`),
        call<ProjectFile[]>("GET", url`/api/projects/${id}/files`),
    ]);
    return { ...project, files };
}

/** Counted up with every change of the project. */
export const readVersion = async (id: string) => (await call<Project>("GET", url`/api/projects/${id}`)).version;

export const createProject = (name: string, example?: string) =>
    call<{ id: string }>("POST", "/api/projects", { name, example });

export const listExamples = () => call<string[]>("GET", "/api/examples");

/** A project from a ZIP archive. */
export const uploadProject = (archive: File) =>
    call<{ id: string }>(
        "POST",
        `/api/projects/upload?${new URLSearchParams({ name: archive.name.replace(/\.zip$/i, "") })}`,
        archive,
    );

export const copyProject = (id: string, name: string) =>
    call<{ id: string }>("POST", url`/api/projects/${id}/copy`, { name });

/** @param change an empty `rootPath` leaves the choice to the server. */
export const changeProject = (id: string, change: { name?: string; rootPath?: string; isArchived?: boolean }) =>
    call("PATCH", url`/api/projects/${id}`, change);

export const deleteProject = (id: string) => call("DELETE", url`/api/projects/${id}`);

/** Brings back what was deleted. */
export const undeleteProject = (id: string) => call("POST", url`/api/projects/${id}/undelete`);

export const archiveUrl = (id: string) => url`/api/projects/${id}/zip`;
