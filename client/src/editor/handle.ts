import type { Change } from "./merge";

/** What the rest of the page may do with an editor. */
export interface EditorHandle {
    text(): string;
    apply(changes: Change[]): void;
    focus(): void;
    /** Goes to a line, counted from 1. */
    reveal(line: number): void;
}
