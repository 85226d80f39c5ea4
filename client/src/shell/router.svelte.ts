/** Which page is shown: the address of the browser, as state. */
class Router {
    path = $state(location.pathname);
    query = $state(new URLSearchParams(location.search));

    constructor() {
        window.addEventListener("popstate", () => this.#read());
        document.addEventListener("click", (event) => this.#click(event));
    }

    go(address: string, how: "push" | "replace" = "push"): void {
        if (how === "push") history.pushState(null, "", address);
        else history.replaceState(null, "", address);
        this.#read();
    }

    /** The parts of the path that stand in the pattern's `:` places, or null when it is another path. */
    match(pattern: string): string[] | null {
        const wanted = pattern.split("/");
        const parts = this.path.split("/");
        if (wanted.length !== parts.length) return null;
        const found: string[] = [];
        for (const [i, part] of wanted.entries()) {
            if (part.startsWith(":")) found.push(decodeURIComponent(parts[i]!));
            else if (part !== parts[i]) return null;
        }
        return found;
    }

    #read(): void {
        this.path = location.pathname;
        this.query = new URLSearchParams(location.search);
    }

    #click(event: MouseEvent): void {
        const link = (event.target as Element).closest?.("a");
        if (!link || event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
        if (link.dataset.external !== undefined) return;
        event.preventDefault();
        this.go(link.pathname + link.search + link.hash);
    }
}

export const router = new Router();
