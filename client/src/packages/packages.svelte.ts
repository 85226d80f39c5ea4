import {
    addRequirement,
    buildEnvironment,
    readEnvironment,
    readRequirements,
    refreshEnvironment,
    retryEnvironment,
    saveRequirements,
} from "../api/packages";
import type { EnvironmentView, Requirements } from "../api/types";

/** A project's packages, as the server has them. */
export class PackagesState {
    requirements = $state<Requirements | null>(null);
    environment = $state<EnvironmentView | null>(null);
    /** Why they cannot be read or changed. */
    refusal = $state("");
    /** Whether something asked for from here is under way. */
    isBusy = $state(false);

    constructor(private readonly project: string) {}

    async read(): Promise<void> {
        await this.#trying(async () => {
            [this.requirements, this.environment] = await Promise.all([
                readRequirements(this.project),
                readEnvironment(this.project),
            ]);
        });
    }

    async save(text: string): Promise<boolean> {
        return this.#changing(() => saveRequirements(this.project, text, this.requirements?.hash ?? null));
    }

    async add(line: string): Promise<boolean> {
        return this.#changing(() => addRequirement(this.project, line));
    }

    async build(): Promise<boolean> {
        return this.#changing(() =>
            this.environment?.state === "failed" ? retryEnvironment(this.project) : buildEnvironment(this.project),
        );
    }

    async refresh(): Promise<boolean> {
        return this.#changing(() => refreshEnvironment(this.project));
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
