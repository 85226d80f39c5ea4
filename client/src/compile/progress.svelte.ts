import type { CompileEvent, Stage } from "../api/types";

const words: Record<Stage, string> = {
    queued: "Waiting for a place",
    syncing: "Getting the files ready",
    environment: "Building the Python environment",
    cells: "Running the cells",
    rendering: "Making the document",
    done: "Done",
};

/** What a line says of how far something is: "Cell 3/7: fig-mass" has begun; "[3/7] numpy 2.1" is there. */
export function counted(line: string): { done: number; count: number } | null {
    const [, done, count] = /(\d+)\s*\/\s*(\d+)/.exec(line) ?? [];
    return done === undefined ? null : { done: Number(done), count: Number(count) };
}

/** How far a compile is, as its events tell. */
export class Progress {
    stage = $state<Stage>("queued");
    /** What is happening now, in one line. */
    message = $state("");
    /** Of what is counted: cells, or packages. */
    done = $state(0);
    count = $state(0);
    /** What the build of the environment has said so far. */
    lines = $state<string[]>([]);

    words = $derived(words[this.stage]);
    /** Between 0 and 1; null while nothing can be counted. */
    part = $derived(this.count > 0 ? Math.min(1, this.done / this.count) : null);

    start(): void {
        this.stage = "syncing";
        this.message = "";
        this.done = this.count = 0;
        this.lines = [];
    }

    heard({ stage, message, place }: CompileEvent): void {
        if (stage !== this.stage) this.done = this.count = 0;
        this.stage = stage;
        this.message = place === undefined ? message : `Number ${place} in line`;
        if (stage === "environment") this.lines.push(message);
        const said = counted(message);
        if (!said) return;
        this.done = said.done - (stage === "cells" ? 1 : 0);
        this.count = said.count;
    }
}
