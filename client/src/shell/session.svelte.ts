import { readSession, signOut } from "../api/accounts";
import { whenSignedOut } from "../api/http";
import type { Session } from "../api/types";

/** Who is here. */
class CurrentSession {
    #known = $state<Session | null>(null);
    /** Whether the server has forgotten who is here: the page stays, and the person may sign in again. */
    isLost = $state(false);
    /** What has to be done before somebody signs out. */
    saving: () => Promise<void> = () => Promise.resolve();

    constructor() {
        whenSignedOut(() => (this.isLost = this.account !== null));
    }

    get account() {
        return this.#known?.account ?? null;
    }

    get openRegistration(): boolean {
        return this.#known?.openRegistration ?? false;
    }

    async read(): Promise<void> {
        this.#known = await readSession();
        this.isLost = false;
    }

    async end(): Promise<void> {
        await this.saving();
        await signOut();
        await this.read();
    }
}

export const session = new CurrentSession();
