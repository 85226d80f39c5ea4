/** Where somebody wanted to go before signing in: a page of this application, whatever the address says. */
export function destination(then: string | null): string {
    return then && /^\/(?![/\\])/.test(then) ? then : "/";
}

/** The page for signing in that comes back to this one. */
export const signInFirst = (): string =>
    `/sign-in?then=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
