import type { ProjectSummary } from "../api/types";

/** How long a deleted project can be brought back, where the operator did not choose otherwise. */
export const keptFor = "30 days";

export type Order = "changed" | "name";

/** The projects that a list shows, in its order. */
export function chosen(
    projects: ProjectSummary[],
    { search, order, archived }: { search: string; order: Order; archived: boolean },
): ProjectSummary[] {
    return (
        projects
            // An owner is told of those that were deleted, while they can be brought back.
            .filter((project) => !project.deletedAt && project.isArchived === archived)
            .filter(named(search))
            .sort((a, b) =>
                order === "name"
                    ? a.name.localeCompare(b.name, undefined, { numeric: true })
                    : Date.parse(b.changedAt) - Date.parse(a.changedAt),
            )
    );
}

/** Those that can be brought back, the last deleted first. */
export function deletedOnes(projects: ProjectSummary[], search: string): ProjectSummary[] {
    return projects
        .filter((project) => project.deletedAt)
        .filter(named(search))
        .sort((a, b) => Date.parse(b.deletedAt!) - Date.parse(a.deletedAt!));
}

/** Whether a project has all the words in its name. */
function named(search: string): (project: ProjectSummary) => boolean {
    const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (project) => words.every((word) => project.name.toLocaleLowerCase().includes(word));
}
