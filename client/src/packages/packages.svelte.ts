import {
    acceptChanges,
    addRequirement,
    buildEnvironment,
    readEnvironment,
    readRequirements,
    refreshEnvironment,
    retryEnvironment,
    saveRequirements,
} from "../api/packages";
import { merge } from "../editor/merge";
import type { EnvironmentView, Requirements } from "../api/types";

/** How often a build is asked how far it is. */
const pause = 1_000;

/** A project's packages, as the server has them. */
export class PackagesState {
    requirements = $state<Requirements | null>(null);
    environment = $state<EnvironmentView | null>(null);
    /** Why they cannot be read or changed. */
    refusal = $state("");
    /** Whether something asked for from here is under way. */
    isBusy = $state(false);
    /** What is typed and not saved yet; null for nothing. */
    draft = $state<string | null>(null);
    isChanged = $derived(this.draft !== null && this.draft !== this.requirements?.text);
    #isAsked = $state(false);
    /** Whether the environment is being built, here or by anybody's render. */
    isBuilding = $derived(this.#isAsked || this.environment?.state === "building");
    /** What that build has said so far. */
    lines = $derived(this.isBuilding ? (this.environment?.log ?? "").split("\n").filter(Boolean) : []);

    #timer: ReturnType<typeof setTimeout> | undefined;
    #isClosed = false;

    constructor(private readonly project: string) {}

    async read(): Promise<void> {
        await this.#trying(async () => {
            const [requirements, environment] = await Promise.all([
                readRequirements(this.project),
                readEnvironment(this.project),
            ]);
            // Saved by somebody else while something is typed here: both stand.
            if (this.isChanged) this.draft = merge(this.requirements?.text ?? "", this.draft!, requirements.text);
            this.requirements = requirements;
            this.environment = environment;
        });
        this.#follow();
    }

    close(): void {
        this.#isClosed = true;
        clearTimeout(this.#timer);
    }

    /** Saves what is typed. */
    async save(): Promise<boolean> {
        const text = this.draft;
        if (text === null || !this.isChanged) return true;
        return this.#changing(async () => {
            await saveRequirements(this.project, text, this.requirements?.hash ?? null);
            if (this.draft === text) this.draft = null;
        });
    }

    async add(line: string): Promise<boolean> {
        return this.#changing(() => addRequirement(this.project, line));
    }

    async build(): Promise<boolean> {
        return this.#building(() =>
            this.environment?.state === "failed" ? retryEnvironment(this.project) : buildEnvironment(this.project),
        );
    }

    async refresh(): Promise<boolean> {
        return this.#building(() => refreshEnvironment(this.project));
    }

    /** Accepts what people who may not install wrote, up to that version of the project. */
    async accept(version: number): Promise<boolean> {
        return this.#changing(() => acceptChanges(this.project, version));
    }

    async #building(action: () => Promise<unknown>): Promise<boolean> {
        this.#isAsked = true;
        this.#follow();
        try {
            return await this.#changing(action);
        } finally {
            this.#isAsked = false;
        }
    }

    /** Reads what the build under way says, until it ends. */
    #follow(): void {
        clearTimeout(this.#timer);
        if (!this.isBuilding || this.#isClosed) return;
        this.#timer = setTimeout(async () => {
            try {
                this.environment = await readEnvironment(this.project);
            } catch {
                // Asked again in a moment.
            }
            this.#follow();
        }, pause);
    }

    async #changing(action: () => Promise<unknown>): Promise<boolean> {
        this.isBusy = true;
        const isDone = await this.#trying(action);
        const refusal = this.refusal;
        await this.read();
        this.refusal ||= refusal;
        this.isBusy = false;
        return isDone;
    }

    async #trying(action: () => Promise<unknown>): Promise<boolean> {
        try {
            await action();
            this.refusal = "";
            return true;
        } catch (error) {
            this.refusal = error instanceof Error ? error.message : String(error);
            return false;
        }
    }
}
