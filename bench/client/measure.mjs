// Measures the client in Debian's Chromium against a server of `./verso demo`:
//   node bench/client/measure.mjs http://127.0.0.1:3000 PASSWORD
// needs `npm install --no-save playwright-core` beside it.
import { chromium } from "playwright-core";

const [address, password] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await (await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 800 } })).newPage();

await page.goto("/sign-in");
await page.getByLabel("Name or email address").fill("demo");
await page.getByLabel("Password").fill(password);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("button", { name: "New project" }).click();
await page.getByRole("textbox", { name: "Name" }).fill("Measured");
await page.getByRole("button", { name: "Create", exact: true }).click();
const editor = page.locator(".cm-content").first();
await editor.waitFor();

await editor.click();
await keystrokes("at the start", "an empty document");
const paragraph = "The quick brown *fox* jumps over the lazy dog, and @fig-one shows how.\n\n";
const cell = "```{python}\n#| label: fig-one\nimport math\nprint(math.pi)\n```\n\n";
await write((paragraph + cell).repeat(1250));
await page.keyboard.press("Control+Home");
await keystrokes("at the start");
await page.keyboard.press("Control+End");
await keystrokes("at the end");
await write((paragraph + cell).repeat(15_000));
await keystrokes("at the end", "a text of 2 MB");

await write("# Title\n\n```{python}\nprint(1 + 1)\n```\n\nThe text.\n");
await render();
for (let i = 0; i < 5; i++) {
    await page.keyboard.press("Control+End");
    await page.keyboard.type(`Sentence ${i}. `);
    const start = performance.now();
    await page.keyboard.press("Control+Enter");
    await page.frameLocator("iframe:not(.waiting)").getByText(`Sentence ${i}.`).waitFor();
    console.log(`text-only change to the updated preview: ${Math.round(performance.now() - start)} ms`);
}
await files(1_000);
await browser.close();

// Not through the page: a browser that is given ten thousand lines at once as if they were typed takes minutes.
async function write(text) {
    await page.locator("[data-state=saved]").waitFor();
    await put(["index.qmd", text]);
    await page.reload();
    await editor.waitFor();
    await editor.click();
}

async function put(...entries) {
    await page.evaluate(async (entries) => {
        const { antiforgeryToken } = await (await fetch("/api/session")).json();
        const folder = `${location.pathname.replace("/project/", "/api/projects/")}/files/`;
        const headers = { "Verso-Antiforgery": antiforgeryToken, "If-Match": "*" };
        for (const [path, body] of entries) await fetch(folder + path, { method: "PUT", headers, body });
    }, entries);
}

async function render() {
    await page.keyboard.press("Control+Enter");
    await page.frameLocator("iframe:not(.waiting)").getByText("The text.").waitFor();
}

// From the event's own time stamp to the frame after the change.
async function keystrokes(where, what = "10,000 lines") {
    await page.evaluate(() => {
        window.took = [];
        document.querySelector(".cm-content").addEventListener(
            "keydown",
            (event) =>
                requestAnimationFrame(() => {
                    const channel = new MessageChannel();
                    channel.port1.onmessage = () => window.took.push(performance.now() - event.timeStamp);
                    channel.port2.postMessage(null);
                }),
            true,
        );
    });
    for (let i = 0; i < 100; i++) await page.keyboard.press("x", { delay: 20 });
    const took = (await page.evaluate(() => window.took)).sort((a, b) => a - b);
    const at = (part) => took[Math.floor(took.length * part)].toFixed(1);
    console.log(`keystroke to screen ${where} of ${what}: median ${at(0.5)} ms, 95 % under ${at(0.95)} ms`);
}

// From the address to the list on the screen and a letter that is typed.
async function files(count) {
    await put(...Array.from({ length: count }, (_, i) => [`folder-${i % 20}/file-${i}.txt`, `${i}`]));
    const took = [];
    for (let i = 0; i < 5; i++) {
        const start = performance.now();
        await page.reload();
        await page.locator(`[data-path$="/file-${count - 1}.txt"]`).waitFor();
        await editor.click();
        took.push(performance.now() - start);
    }
    took.sort((a, b) => a - b);
    console.log(`a project of ${count} files, opened: median ${Math.round(took[2])} ms`);
    await page.keyboard.press("Control+End");
    await keystrokes("beside a list", `${count} files`);
}
