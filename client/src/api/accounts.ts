import { call, useAntiforgeryToken } from "./http";
import type { Session } from "./types";

export async function readSession(): Promise<Session> {
    const session = await call<Session & { antiforgeryToken: string }>("GET", "/api/session");
    useAntiforgeryToken(session.antiforgeryToken);
    return session;
}

/** @param userName or the address. */
export const signIn = (userName: string, password: string) =>
    call("POST", "/api/session", { userName, password, remember: true });

export const signOut = () => call("DELETE", "/api/session");

export const register = (userName: string, email: string, password: string) =>
    call("POST", "/api/registration", { userName, email, password });

/** Sets a password through a link that an administrator gave. */
export const setPassword = (account: string, token: string, password: string) =>
    call("POST", "/api/password-reset", { account, token, password });
