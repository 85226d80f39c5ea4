export interface ServerEvent {
    event: string;
    data: string;
}

/** The events of a `text/event-stream`, as they come. */
export async function* readEvents(body: ReadableStream<BufferSource>): AsyncGenerator<ServerEvent> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    try {
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return;
            const blocks = (rest + value).split(/\r?\n\r?\n/);
            rest = blocks.pop()!;
            for (const block of blocks) {
                const event = parse(block);
                if (event) yield event;
            }
        }
    } finally {
        await reader.cancel().catch(() => undefined);
    }
}

function parse(block: string): ServerEvent | null {
    let event = "message";
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
        const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (field === "event") event = value!;
        else if (field === "data") data.push(value!);
    }
    return data.length === 0 ? null : { event, data: data.join("\n") };
}
