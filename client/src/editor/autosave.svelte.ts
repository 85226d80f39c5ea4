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
    /**
     * Saves on top of the version; an empty one is that of no file. Gives what stands there instead when somebody else was
     * faster: null for nothing.
     */
    save(text: string, onto: string, leaving: boolean): Promise<{ saved: string } | { conflict: Stored | null }>;
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
    /** Why the server has it not yet, or will not have it. */
    reason = $state("");

    #stored: Stored;
    #timer: ReturnType<typeof setTimeout> | undefined;
    /** Saving and taking in what others wrote, one after the other: each starts from what the one before has left. */
    #queue: Promise<void> = Promise.resolve();
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
        await (this.#queue = this.#queue.then(() => this.#save()));
    }

    /** Others have saved the file: takes their text in. */
    async pull(): Promise<void> {
        await (this.#queue = this.#queue.then(async () => {
            try {
                this.#adopt(await this.store.load());
            } catch (error) {
                this.#failed(error);
            }
        }));
        if (this.isDirty()) this.changed();
    }

    /** Whether something was typed that the server does not have. */
    isDirty(): boolean {
        return this.buffer.text() !== this.#stored.text;
    }

    /** Whether the page may not go away yet: what was typed is too much for this browser to keep. */
    wouldLose(): boolean {
        return this.isDirty() && !this.drafts.keep(this.#stored.text, this.buffer.text());
    }

    /** The page goes away: there is no time to wait for an answer. */
    leave(): void {
        if (!this.isDirty()) return;
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

    async #save(): Promise<void> {
        while (this.isDirty()) {
            const text = this.buffer.text();
            this.drafts.keep(this.#stored.text, text);
            if (this.state !== "offline") this.state = "saving";
            try {
                const answer = await this.store.save(text, this.#stored.version, false);
                if ("saved" in answer) this.#stored = { text, version: answer.saved };
                else if (answer.conflict) this.#adopt(answer.conflict);
                // Deleted meanwhile: what is written now comes back.
                else this.#stored = { text: "", version: "" };
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
        this.reason = error instanceof Error ? error.message : String(error);
        if (error instanceof ApiError && !error.isOffline && error.status !== 429) {
            this.state = "refused";
            return;
        }
        this.state = "offline";
        this.#schedule(Math.min(10_000, 1_000 * 2 ** this.#failures++));
    }
}
