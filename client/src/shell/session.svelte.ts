import { readSession } from "../api/accounts";
import type { Session } from "../api/types";

/** Who is here. */
class CurrentSession {
    #known = $state<Session | null>(null);

    get account() {
        return this.#known?.account ?? null;
    }

    get openRegistration(): boolean {
        return this.#known?.openRegistration ?? false;
    }

    async read(): Promise<void> {
        this.#known = await readSession();
    }
}

export const session = new CurrentSession();
