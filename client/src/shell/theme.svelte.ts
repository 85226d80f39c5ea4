export type ThemeChoice = "system" | "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");
const key = "verso.theme";

class Theme {
    choice = $state<ThemeChoice>((localStorage.getItem(key) as ThemeChoice | null) ?? "system");
    #system = $state(dark.matches);
    isDark = $derived(this.choice === "system" ? this.#system : this.choice === "dark");

    constructor() {
        dark.addEventListener("change", () => {
            this.#system = dark.matches;
            this.#show();
        });
        this.#show();
    }

    choose(choice: ThemeChoice): void {
        this.choice = choice;
        localStorage.setItem(key, choice);
        this.#show();
    }

    #show(): void {
        document.documentElement.dataset.theme = this.isDark ? "dark" : "light";
    }
}

export const theme = new Theme();
