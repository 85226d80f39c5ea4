import { diff3Merge, diffIndices } from "node-diff3";

/** A replacement, as CodeMirror takes it. Places are in the old text. */
export interface Change {
    from: number;
    to: number;
    insert: string;
}

/**
 * What two people made of one text. Lines first, then words where both touched the same lines; where they wrote
 * different things in the same place, both stand: nobody's words are dropped.
 */
export function merge(base: string, mine: string, theirs: string): string {
    if (mine === theirs || theirs === base) return mine;
    if (mine === base) return theirs;
    return combine(lines, base, mine, theirs, (m, b, t) => combine(words, b, m, t, (mm, _, tt) => mm + tt));
}

type Cut = (text: string) => string[];

const lines: Cut = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const words: Cut = (text) => text.match(/\w+|\s|[^\w\s]/g) ?? [];

function combine(
    cut: Cut,
    base: string,
    mine: string,
    theirs: string,
    both: (mine: string, base: string, theirs: string) => string,
): string {
    const texts = [cut(mine), cut(base), cut(theirs)] as const;
    const [head, tail] = shared(...texts);
    const [a, o, b] = texts.map((pieces) => pieces.slice(head, pieces.length - tail)) as [string[], string[], string[]];
    const middle = diff3Merge(a, o, b, { excludeFalseConflicts: true }).map((region) => {
        if (region.ok) return region.ok.join("");
        const { a, o, b } = region.conflict!;
        return both(a.join(""), o.join(""), b.join(""));
    });
    const whole = texts[0];
    return [...whole.slice(0, head), ...middle, ...whole.slice(whole.length - tail)].join("");
}

/** How many pieces all texts have alike at both ends: most of a long one, where looking for differences takes long. */
function shared(first: string[], ...others: string[][]): [head: number, tail: number] {
    const most = Math.min(first.length, ...others.map((other) => other.length));
    let head = 0;
    while (head < most && others.every((other) => other[head] === first[head])) head++;
    let tail = 0;
    while (tail < most - head && others.every((other) => other.at(-1 - tail) === first.at(-1 - tail))) tail++;
    return [head, tail];
}

/** What turns one text into the other, line by line, so that the cursor stays where it is. */
export function changesBetween(from: string, to: string): Change[] {
    const before = lines(from);
    const after = lines(to);
    const starts = [0];
    for (const line of before) starts.push(starts.at(-1)! + line.length);
    const [head, tail] = shared(before, after);
    const middle = (text: string[]) => text.slice(head, text.length - tail);
    return diffIndices(middle(before), middle(after)).map(({ buffer1: [at, count], buffer2Content }) =>
        narrowed(from, {
            from: starts[head + at]!,
            to: starts[head + at + count]!,
            insert: buffer2Content.join(""),
        }),
    );
}

// Without what both ends have in common: a cursor in the same line stays too.
function narrowed(text: string, change: Change): Change {
    const old = text.slice(change.from, change.to);
    const most = Math.min(old.length, change.insert.length);
    let head = 0;
    while (head < most && old[head] === change.insert[head]) head++;
    let tail = 0;
    while (tail < most - head && old.at(-1 - tail) === change.insert.at(-1 - tail)) tail++;
    return {
        from: change.from + head,
        to: change.to - tail,
        insert: change.insert.slice(head, change.insert.length - tail),
    };
}
