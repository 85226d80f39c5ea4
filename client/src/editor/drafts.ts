import { forget, remember, remembered } from "../shell/remembered";

/** Text that the server has not yet, kept in this browser until it does. */
export interface Draft {
    base: string;
    text: string;
    /** Milliseconds since 1970. */
    at: number;
}

/** Older than this, the tab that wrote a draft has gone: one that lives saves or writes it anew. */
const abandonedAfter = 15_000;

/** What a browser keeps for a page is some five million letters; trying with more takes time at every save. */
const mostLetters = 4_000_000;

const tab = (() => {
    const known = sessionStorage.getItem("verso.tab") ?? crypto.randomUUID?.() ?? String(Math.random());
    sessionStorage.setItem("verso.tab", known);
    return known;
})();

export class Drafts {
    readonly #name: string;

    constructor(project: string, path: string) {
        this.#name = `draft.${project}/${path}#`;
    }

    keep(base: string, text: string): boolean {
        if (base.length + text.length > mostLetters) return false;
        return remember(this.#name + tab, { base, text, at: Date.now() } satisfies Draft);
    }

    drop(): void {
        forget(this.#name + tab);
    }

    /** Takes what this tab, or one that has gone, could not save. */
    take(): Draft[] {
        const found: Draft[] = [];
        for (const key of Object.keys(localStorage).filter((key) => key.startsWith(`verso.${this.#name}`))) {
            const name = key.slice("verso.".length);
            const draft = remembered<Draft | null>(name, null);
            if (!draft || (!name.endsWith(tab) && Date.now() - draft.at < abandonedAfter)) continue;
            found.push(draft);
            forget(name);
        }
        return found.sort((a, b) => a.at - b.at);
    }
}
