import { useShareLink } from "../api/http";

/** Remembers, as long as this tab is open, by which link somebody without an account came into a project. */
export function keepShareLink(project: string, token: string): void {
    sessionStorage.setItem(`verso.link.${project}`, token);
}

/** To be called before a project is read. */
export function presentShareLink(project: string, isSignedIn: boolean): void {
    useShareLink(isSignedIn ? null : sessionStorage.getItem(`verso.link.${project}`));
}
