import { call } from "./http";
import type { Session } from "./types";

export const readSession = () => call<Session>("GET", "/api/session");

export const signIn = (email: string, password: string) => call("POST", "/api/session", { email, password });

export const signOut = () => call("DELETE", "/api/session");

export const register = (name: string, email: string, password: string) =>
    call("POST", "/api/accounts", { name, email, password });

export const changePassword = (current: string, wanted: string) =>
    call("POST", "/api/account/password", { current, new: wanted });
