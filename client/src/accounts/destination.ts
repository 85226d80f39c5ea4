/** Where somebody wanted to go before signing in: a page of this application, whatever the address says. */
export function destination(then: string | null): string {
    return then && /^\/(?![/\\])/.test(then) ? then : "/";
}
