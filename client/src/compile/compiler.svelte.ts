import { clearCompile, compile, lastBuild, stopCompile } from "../api/compile";
import { ApiError } from "../api/http";
import type { Build, CompileEvent } from "../api/types";
import { remember, remembered } from "../shell/remembered";
import { Progress } from "./progress.svelte";

/** A wait that nobody has to be told of. */
const shortly = 5;

export interface CompileOptions {
    /** Nobody asked for it just now. */
    byItself?: boolean;
    fromScratch?: boolean;
    /** Try again to install what has just failed. */
    retry?: boolean;
}

/** Renders a project, and keeps what came of it. */
export class Compiler {
    build = $state<Build | null>(null);
    /** The last build that made a document: it stays in sight when a later one fails. */
    shown = $state<Build | null>(null);
    isRunning = $state(false);
    isStopping = $state(false);
    /** Why the last compile could not even be asked for. */
    refusal = $state("");
    whileTyping = $state(remembered("whileTyping", false));
    stopOnFirstError = $state(remembered("stopOnFirstError", false));
    readonly progress = new Progress();

    isBuildingEnvironment = $derived(this.isRunning && this.progress.stage === "environment");

    #again = false;
    #timer: ReturnType<typeof setTimeout> | undefined;

    /** @param save what has to happen before, so that the server has what is on the screen */
    constructor(
        private readonly project: string,
        private readonly save: () => Promise<void>,
        private readonly onfinished: () => void,
    ) {}

    async read(): Promise<void> {
        const build = await lastBuild(this.project);
        if (build) this.#take(build);
    }

    /** Renders; while a render is under way, once more after it. */
    async run({ byItself = false, fromScratch = false, retry = false }: CompileOptions = {}): Promise<void> {
        clearTimeout(this.#timer);
        if (this.isRunning) {
            this.#again = true;
            return;
        }
        this.isRunning = true;
        this.refusal = "";
        this.progress.start();
        try {
            await this.save();
            if (fromScratch) await clearCompile(this.project);
            this.#take(await compile(this.project, { retry, stopOnFirstError: this.stopOnFirstError }));
        } catch (error) {
            if (byItself && error instanceof ApiError && error.retryAfter > 0 && error.retryAfter <= shortly)
                this.#later(1_000 * error.retryAfter);
            else this.refusal = error instanceof Error ? error.message : String(error);
        } finally {
            this.isRunning = this.isStopping = false;
        }
        this.onfinished();
        if (this.#again) {
            this.#again = false;
            await this.run();
        }
    }

    async stop(): Promise<void> {
        this.#again = false;
        this.isStopping = true;
        await stopCompile(this.project);
    }

    /** To be called with the events of the project. */
    readonly events = {
        opened: () => this.progress.start(),
        heard: (event: CompileEvent) => {
            // The compile's own answer says how it ended.
            if (this.isRunning && event.stage !== "done") this.progress.heard(event);
        },
    };

    /** To be called when somebody typed. */
    typed(): void {
        if (this.whileTyping) this.#later(1_200);
    }

    toggleWhileTyping(): void {
        this.whileTyping = !this.whileTyping;
        remember("whileTyping", this.whileTyping);
        if (this.whileTyping) void this.run();
    }

    toggleStopOnFirstError(): void {
        this.stopOnFirstError = !this.stopOnFirstError;
        remember("stopOnFirstError", this.stopOnFirstError);
    }

    close(): void {
        clearTimeout(this.#timer);
    }

    #later(after: number): void {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.run({ byItself: true }), after);
    }

    #take(build: Build): void {
        this.build = build;
        if (build.main !== null) this.shown = build;
    }
}
