import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { compress } from "./compress.ts";

// While working on the client: `npm run dev`, with a server of `./verso demo` behind it.
const server = process.env.VERSO_SERVER ?? "http://127.0.0.1:3000";

export default defineConfig({
    plugins: [svelte(), compress()],
    build: {
        target: "es2023",
        // Nothing of the page is a data: address, so that its content security policy needs none.
        assetsInlineLimit: 0,
        // The editor: it comes with the first project that is opened.
        chunkSizeWarningLimit: 800,
        emptyOutDir: true,
    },
    server: { proxy: { "/api": server, "/content": server, "/published": server } },
    resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
    test: { environment: "happy-dom", include: ["tests/**/*.test.ts"], reporters: ["default"] },
});
