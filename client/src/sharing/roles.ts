import type { Role } from "../api/types";

export const roleWords: Record<Role, string> = {
    owner: "Owner",
    editor: "Editor",
    reviewer: "Reviewer",
    viewer: "Viewer",
};

/** What an owner can give, the most first. */
export const givenRoles: Role[] = ["editor", "reviewer", "viewer"];
