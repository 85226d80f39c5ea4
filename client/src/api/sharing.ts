import { call, url } from "./http";
import type { Invitation, Role, Sharing } from "./types";

const of = (project: string) => url`/api/projects/${project}`;

export const readSharing = (project: string) => call<Sharing>("GET", `${of(project)}/sharing`);

export const invite = (project: string, addressee: string, role: Role) =>
    call<Invitation & { url?: string }>("POST", `${of(project)}/invitations`, { addressee, role });

export const resendInvitation = (project: string, id: string) =>
    call<{ url?: string }>("POST", of(project) + url`/invitations/${id}/resend`);

export const revokeInvitation = (project: string, id: string) =>
    call("DELETE", of(project) + url`/invitations/${id}`);

export const changeRole = (project: string, account: string, role: Role) =>
    call("PATCH", of(project) + url`/members/${account}`, { role });

export const removeMember = (project: string, account: string) =>
    call("DELETE", of(project) + url`/members/${account}`);

export const transfer = (project: string, account: string) =>
    call("POST", `${of(project)}/transfer`, { accountId: account });

export const switchLink = (project: string, role: "viewer" | "editor", on: boolean) =>
    call(on ? "POST" : "DELETE", of(project) + url`/links/${role}`);

/** Comes into a project through its link. */
export const openLink = (token: string) => call<{ projectId: string }>("POST", "/api/links/open", { token });

export const readInvitation = (secret: string) =>
    call<{ project: string; invitedBy: string; role: Role }>("GET", url`/api/invitations/${secret}`);

export const acceptInvitation = (secret: string) =>
    call<{ projectId: string }>("POST", url`/api/invitations/${secret}/accept`);
