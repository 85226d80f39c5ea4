import { call, url } from "./http";
import type { Invitation, Member, ReceivedInvitation, Role, ShareLink } from "./types";

const of = (project: string) => url`/api/projects/${project}`;

export const listMembers = (project: string) => call<Member[]>("GET", `${of(project)}/members`);

export const changeRole = (project: string, account: string, role: Role) =>
    call("PATCH", of(project) + url`/members/${account}`, { role });

export const removeMember = (project: string, account: string) =>
    call("DELETE", of(project) + url`/members/${account}`);

/** Gives up one's own membership. */
export const leaveProject = (project: string) => call("POST", `${of(project)}/leave`);

export const transfer = (project: string, account: string) => call("POST", `${of(project)}/transfer`, { account });

export const listInvitations = (project: string) => call<Invitation[]>("GET", `${of(project)}/invitations`);

/** An address to hand to the person, shown this once; null where they find the invitation when they sign in. */
export interface Sent {
    invitation: Invitation;
    url: string | null;
}

/** @param addressee a name or an email address. */
export const invite = (project: string, addressee: string, role: Role) =>
    call<Sent>("POST", `${of(project)}/invitations`, { addressee, role });

export const resendInvitation = (project: string, id: string) =>
    call<Sent>("POST", of(project) + url`/invitations/${id}/resend`);

export const revokeInvitation = (project: string, id: string) => call("DELETE", of(project) + url`/invitations/${id}`);

export const listLinks = (project: string) => call<ShareLink[]>("GET", `${of(project)}/links`);

export const switchLink = (project: string, kind: ShareLink["kind"], on: boolean) =>
    call(on ? "PUT" : "DELETE", of(project) + url`/links/${kind}`);

/** Comes into a project through its link. */
export const openLink = (token: string) =>
    call<{ project: string; name: string; role: Role }>("POST", "/api/links/open", { token });

/** What others have offered to whoever is signed in. */
export const receivedInvitations = () => call<ReceivedInvitation[]>("GET", "/api/invitations");

export const acceptInvitation = (id: string) => call<{ project: string }>("POST", url`/api/invitations/${id}/accept`);

export const declineInvitation = (id: string) => call("POST", url`/api/invitations/${id}/decline`);

export const acceptSecret = (secret: string) =>
    call<{ project: string }>("POST", "/api/invitations/accept", { secret });
