import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Writes what text there is a second time, compressed: the server sends that and compresses nothing itself. */
export function compress(): Plugin {
    let folder = "";
    return {
        name: "compress",
        apply: "build",
        configResolved(config) {
            folder = config.build.outDir;
        },
        async closeBundle() {
            const names = (await readdir(folder, { recursive: true })).filter((name) =>
                /\.(js|css|svg|html)$/.test(name),
            );
            for (const name of names)
                await writeFile(join(folder, `${name}.gz`), gzipSync(await readFile(join(folder, name)), { level: 9 }));
        },
    };
}
