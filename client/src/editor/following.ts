import { watchProject, type ProjectEvents } from "../api/events";

/** How often the server is asked while there is no stream. */
const patience = 10_000;

/**
 * Keeps the events of a project coming while its page is in sight; one out of sight leaves its connection to others, for a
 * browser has six to one server. While there is no stream, the server is asked now and then.
 */
export class Following {
    #stream: AbortController | null = null;
    #isLive = false;
    #timer: ReturnType<typeof setInterval> | undefined;

    /** @param ask finds out without the stream; when that fails, it is asked again */
    constructor(
        private readonly project: string,
        private readonly told: ProjectEvents,
        private readonly ask: () => Promise<void>,
        private readonly watch: typeof watchProject = watchProject,
    ) {}

    start(): void {
        document.addEventListener("visibilitychange", this.#look);
        window.addEventListener("online", this.#look);
        this.#timer = setInterval(this.#look, patience);
        if (!document.hidden) void this.#open();
    }

    close(): void {
        document.removeEventListener("visibilitychange", this.#look);
        window.removeEventListener("online", this.#look);
        clearInterval(this.#timer);
        this.#drop();
    }

    /** With a new stream, such as for somebody who has signed in again. */
    again(): void {
        this.#drop();
        this.#look();
    }

    readonly #look = (): void => {
        if (document.hidden) this.#drop();
        else if (!this.#isLive) {
            void this.#ask();
            if (!this.#stream) void this.#open();
        }
    };

    async #open(): Promise<void> {
        const stream = (this.#stream = new AbortController());
        const watching = (version: number) => {
            this.#isLive = true;
            this.told.watching(version);
        };
        try {
            await this.watch(this.project, { ...this.told, watching }, stream.signal);
        } catch {
            // Refused, or lost: asking tells which.
        }
        if (this.#stream !== stream) return;
        this.#drop();
        await this.#ask();
    }

    #drop(): void {
        this.#stream?.abort();
        this.#stream = null;
        this.#isLive = false;
    }

    #ask = (): Promise<void> => this.ask().catch(() => undefined);
}
