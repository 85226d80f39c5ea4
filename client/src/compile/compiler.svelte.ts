import { clearCompile, compile, lastBuild, stopCompile } from "../api/compile";
import { watchCompile } from "../api/events";
import type { Build } from "../api/types";
import { remember, remembered } from "../shell/remembered";
import { Progress } from "./progress.svelte";

export interface CompileOptions {
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
    async run({ fromScratch = false, retry = false }: CompileOptions = {}): Promise<void> {
        clearTimeout(this.#timer);
        if (this.isRunning) {
            this.#again = true;
            return;
        }
        this.isRunning = true;
        this.refusal = "";
        this.progress.start();
        const done = new AbortController();
        try {
            await this.save();
            if (fromScratch) await clearCompile(this.project);
            void watchCompile(this.project, (event) => this.progress.heard(event), done.signal);
            this.#take(await compile(this.project, { retry, stopOnFirstError: this.stopOnFirstError }));
        } catch (error) {
            this.refusal = error instanceof Error ? error.message : String(error);
        } finally {
            done.abort();
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

    /** To be called when somebody typed. */
    typed(): void {
        if (!this.whileTyping) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.run(), 1_200);
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

    #take(build: Build): void {
        this.build = build;
        if (build.main !== null) this.shown = build;
    }
}
