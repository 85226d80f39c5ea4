import { diffIndices } from "node-diff3";

export interface Line {
    kind: "same" | "added" | "removed" | "skipped";
    text: string;
}

/** How many lines around a change are shown. */
const around = 3;

/** What changed between two texts, with a few lines around each change. */
export function changedLines(before: string, after: string): Line[] {
    const [old, now] = [before, after].map((text) => text.replace(/\n$/, "").split("\n")) as [string[], string[]];
    const result: Line[] = [];
    let at = 0;
    const same = (upTo: number, isFirst: boolean, isLast: boolean) => {
        const lines = old.slice(at, upTo);
        const head = isFirst ? 0 : around;
        const tail = isLast ? 0 : around;
        const hidden = lines.length - head - tail;
        const shown = (part: string[]) => result.push(...part.map((text): Line => ({ kind: "same", text })));
        if (hidden < 2) return void shown(lines);
        shown(lines.slice(0, head));
        result.push({ kind: "skipped", text: `… ${hidden} lines …` });
        shown(tail === 0 ? [] : lines.slice(-tail));
    };
    const changes = diffIndices(old, now);
    for (const [
        i,
        {
            buffer1: [from, count],
            buffer1Content,
            buffer2Content,
        },
    ] of changes.entries()) {
        same(from, i === 0, false);
        result.push(...buffer1Content.map((text): Line => ({ kind: "removed", text })));
        result.push(...buffer2Content.map((text): Line => ({ kind: "added", text })));
        at = from + count;
    }
    if (changes.length > 0) same(old.length, false, true);
    return result;
}
