import { ApiError } from "../api/http";
import type { Drafts } from "./drafts";
import { merge } from "./merge";

export interface Stored {
    text: string;
    version: string;
}

/** Where a file is kept. */
export interface Store {
    load(): Promise<Stored>;
    /** Saves on top of the version. Gives what stands there instead when somebody else was faster. */
    save(text: string, onto: string, leaving: boolean): Promise<{ saved: string } | { conflict: Stored }>;
}

/** The text that is being edited. */
export interface Buffer {
    text(): string;
    /** Puts a merged text in, without moving the cursor. */
    replace(text: string): void;
}

export type SaveState = "saved" | "unsaved" | "saving" | "offline" | "refused";

/**
 * Keeps a buffer and its file the same. Whatever is typed is sent a moment later; what cannot be sent is kept as a draft
 * and sent when it can be; what others wrote meanwhile is merged in.
 */
export class Autosave {
    state = $state<SaveState>("saved");
    /** Why the server will not have it. */
    reason = $state("");

    #stored: Stored;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #running: Promise<void> | null = null;
    #failures = 0;
    #closed = false;

    constructor(
        stored: Stored,
        private readonly store: Store,
        private readonly buffer: Buffer,
        private readonly drafts: Pick<Drafts, "keep" | "drop">,
        private readonly pause = 500,
    ) {
        this.#stored = stored;
    }

    get version(): string {
        return this.#stored.version;
    }

    /** To be called after every change that the person made. */
    changed(): void {
        if (this.state === "saved" || this.state === "refused") this.state = "unsaved";
        this.#schedule(this.state === "offline" ? 1_000 : this.pause);
    }

    /** Saves now, and is done when all that was typed is saved or cannot be. */
    async flush(): Promise<void> {
        clearTimeout(this.#timer);
        await this.#running;
        this.#running = this.#save().finally(() => (this.#running = null));
        await this.#running;
    }

    /** Others have saved the file: takes their text in. */
    async pull(): Promise<void> {
        await this.#running;
        try {
            this.#adopt(await this.store.load());
        } catch (error) {
            this.#failed(error);
        }
        if (this.#isDirty()) this.changed();
    }

    /** The page goes away: there is no time to wait for an answer. */
    leave(): void {
        if (!this.#isDirty()) return;
        this.drafts.keep(this.#stored.text, this.buffer.text());
        void this.store.save(this.buffer.text(), this.#stored.version, true).catch(() => undefined);
    }

    async close(): Promise<void> {
        await this.flush();
        this.#closed = true;
        clearTimeout(this.#timer);
    }

    #schedule(after: number): void {
        clearTimeout(this.#timer);
        if (!this.#closed) this.#timer = setTimeout(() => void this.flush(), after);
    }

    #isDirty(): boolean {
        return this.buffer.text() !== this.#stored.text;
    }

    async #save(): Promise<void> {
        while (this.#isDirty()) {
            const text = this.buffer.text();
            this.drafts.keep(this.#stored.text, text);
            if (this.state !== "offline") this.state = "saving";
            try {
                const answer = await this.store.save(text, this.#stored.version, false);
                if ("saved" in answer) this.#stored = { text, version: answer.saved };
                else this.#adopt(answer.conflict);
            } catch (error) {
                this.#failed(error);
                return;
            }
            this.#failures = 0;
        }
        this.drafts.drop();
        this.state = "saved";
    }

    #adopt(theirs: Stored): void {
        const mine = this.buffer.text();
        const merged = merge(this.#stored.text, mine, theirs.text);
        this.#stored = theirs;
        if (merged !== mine) this.buffer.replace(merged);
    }

    #failed(error: unknown): void {
        if (error instanceof ApiError && !error.isOffline && error.status !== 429) {
            this.state = "refused";
            this.reason = error.message;
            return;
        }
        this.state = "offline";
        this.#schedule(Math.min(10_000, 1_000 * 2 ** this.#failures++));
    }
}
