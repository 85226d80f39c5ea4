import type { Account, Project } from "../api/types";

/** Why somebody may not change a project's packages, and whom to ask; null for those who may. */
export function gateWords(
    project: Pick<Project, "mayEditRequirements" | "mayInstall" | "source">,
    account: Account | null,
): string | null {
    if (project.mayEditRequirements) return null;
    if (!account)
        return "You are not signed in: documents run with the packages that every project has, and you cannot change this list. Ask the project's owner for an invitation.";
    if (project.source === "link" || project.source === null)
        return "You came through a link: documents run for you with the packages that every project has, and you cannot change this list. Ask the project's owner for an invitation.";
    if (!account.mayInstall)
        return "An administrator has to allow your account to install packages. Until then documents run for you with those that every project has.";
    return project.mayInstall
        ? "You may read this list, but not change it. Ask the project's owner to make you an Editor."
        : "This server installs no packages.";
}
