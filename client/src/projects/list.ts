import type { ProjectSummary } from "../api/types";

export type Order = "changed" | "name";

/** The projects that a list shows, in its order. */
export function chosen(
    projects: ProjectSummary[],
    { search, order, archived }: { search: string; order: Order; archived: boolean },
): ProjectSummary[] {
    const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (
        projects
            // An owner is told of those that were deleted, while they can be brought back.
            .filter((project) => !project.deletedAt && project.isArchived === archived)
            .filter((project) => words.every((word) => project.name.toLocaleLowerCase().includes(word)))
            .sort((a, b) =>
                order === "name"
                    ? a.name.localeCompare(b.name, undefined, { numeric: true })
                    : Date.parse(b.changedAt) - Date.parse(a.changedAt),
            )
    );
}
