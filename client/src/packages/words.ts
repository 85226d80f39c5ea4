import type { Packages } from "../api/types";

/** What an environment's state is called. */
export const stateWords: Record<Packages["state"], string> = {
    none: "No packages of its own: documents run with those that every project has",
    ready: "Ready",
    building: "Building …",
    failed: "Could not be built; documents run without these packages",
    missing: "Not built yet; the next render builds it",
    "not-allowed": "Documents of yours run without these packages",
    disabled: "This server installs no packages",
};
