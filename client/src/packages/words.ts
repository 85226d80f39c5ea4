import type { EnvironmentView } from "../api/types";

export type EnvironmentState = EnvironmentView["state"];

/** What an environment's state is called. */
export const stateWords: Record<EnvironmentState, string> = {
    none: "No packages of its own: documents run with those that every project has",
    disabled: "This server installs no packages",
    "not-allowed": "Not installed for you; documents run without these packages",
    missing: "Not built yet; the next render builds it",
    building: "Building …",
    failed: "Could not be built; documents run without these packages",
    ready: "Ready",
};
