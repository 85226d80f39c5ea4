export interface Notice {
    id: number;
    text: string;
    kind: "info" | "error";
}

/** Sentences that come and go at the foot of the page. */
class Notices {
    all = $state<Notice[]>([]);
    #next = 0;

    say(text: string, kind: Notice["kind"] = "info"): void {
        const id = this.#next++;
        this.all.push({ id, text, kind });
        setTimeout(() => this.dismiss(id), kind === "error" ? 12_000 : 5_000);
    }

    dismiss(id: number): void {
        this.all = this.all.filter((notice) => notice.id !== id);
    }

    /** Runs an action whose refusal is shown as a sentence. Tells whether it was done. */
    async trying(action: () => Promise<unknown>): Promise<boolean> {
        try {
            await action();
            return true;
        } catch (error) {
            this.say(error instanceof Error ? error.message : String(error), "error");
            return false;
        }
    }
}

export const notices = new Notices();
