/** What the script in a previewed document and the page around it tell each other. The document is not to be trusted. */
export interface Position {
    x: number;
    y: number;
}

/** The position in a message of a document, if it is one. */
export function positionOf(data: unknown): Position | null {
    if (typeof data !== "object" || data === null || !("verso" in data) || data.verso !== "position") return null;
    const { x, y } = data as { x?: unknown; y?: unknown };
    return typeof x === "number" && typeof y === "number" && isFinite(x) && isFinite(y) ? { x, y } : null;
}

export const isReady = (data: unknown): boolean =>
    typeof data === "object" && data !== null && "verso" in data && data.verso === "ready";

export const restore = (position: Position) => ({ verso: "restore", ...position });
