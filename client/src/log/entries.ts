import type { Build, EntryLevel, LogEntry } from "../api/types";

export type Filter = "all" | EntryLevel;

export const levels: { level: EntryLevel; word: string; words: string }[] = [
    { level: "error", word: "Error", words: "Errors" },
    { level: "warning", word: "Warning", words: "Warnings" },
    { level: "info", word: "Info", words: "Info" },
];

export function countsOf(entries: LogEntry[]): Record<EntryLevel, number> {
    const counts = { error: 0, warning: 0, info: 0 };
    for (const entry of entries) counts[entry.level]++;
    return counts;
}

/** How the last compile ended, as a sentence; null when there is nothing to say. */
export function outcomeOf(build: Build): string | null {
    // What an entry says already is not said twice.
    if (build.error) return build.entries.some((entry) => entry.message === build.error) ? null : build.error;
    switch (build.status) {
        case "success":
            return null;
        case "failure":
            return build.entries.some((entry) => entry.level === "error") ? null : "The document did not render.";
        case "stopped-on-first-error":
            return "Stopped at the first error.";
        case "terminated":
            return "Rendering was stopped.";
        case "timedout":
            return "Rendering took longer than it may here and was stopped.";
        case "unavailable":
            return "Too many documents are being rendered. Try again in a moment.";
        case "compile-in-progress":
            return "This project is being rendered already.";
        case "error":
            return "The server could not render. Its operator finds the reason in its log.";
    }
}

/** The line that an entry proposes for the requirements. */
export const proposedLine = (entry: LogEntry): string | null =>
    entry.advice?.kind === "add-package" ? (entry.advice.requirementLine ?? null) : null;
