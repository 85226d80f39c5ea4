/** What the script in a previewed document and the page around it tell each other. The document is not to be trusted. */
export interface Position {
    x: number;
    y: number;
    /** The end of a deck's address that names its slide; empty for what is no deck. */
    slide: string;
}

/** The position in a message of a document, if it is one. */
export function positionOf(data: unknown): Position | null {
    if (typeof data !== "object" || data === null || !("verso" in data) || data.verso !== "position") return null;
    const { x, y, slide } = data as Partial<Record<keyof Position, unknown>>;
    if (typeof x !== "number" || typeof y !== "number" || !isFinite(x) || !isFinite(y)) return null;
    return { x, y, slide: typeof slide === "string" && /^#\/[\w/.%-]{1,200}$/.test(slide) ? slide : "" };
}

export const isReady = (data: unknown): boolean =>
    typeof data === "object" && data !== null && "verso" in data && data.verso === "ready";

export const restore = (position: Position) => ({ verso: "restore", ...position });
