import { buildEnvironment, readPackages, refreshPackages, saveRequirements } from "../api/packages";
import type { Packages } from "../api/types";

/** A project's packages, as the server has them. */
export class PackagesState {
    known = $state<Packages | null>(null);
    /** Why they cannot be read or changed. */
    refusal = $state("");

    constructor(private readonly project: string) {}

    get isBuilding(): boolean {
        return this.known?.state === "building";
    }

    async read(): Promise<void> {
        await this.#trying(async () => {
            this.known = await readPackages(this.project);
        });
    }

    async save(text: string): Promise<boolean> {
        return this.#trying(async () => {
            this.known = await saveRequirements(this.project, text, this.known?.eTag ?? null);
        });
    }

    /** What the text is with one more line. */
    withLine(line: string): string {
        const text = this.known?.text ?? "";
        return text === "" || text.endsWith("\n") ? `${text}${line}\n` : `${text}\n${line}\n`;
    }

    async build(): Promise<void> {
        await this.#trying(() => buildEnvironment(this.project));
        await this.read();
    }

    async refresh(): Promise<void> {
        await this.#trying(async () => {
            this.known = await refreshPackages(this.project);
        });
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
