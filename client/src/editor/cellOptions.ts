export interface CellOption {
    name: string;
    info: string;
    values?: string[];
}

const yesNo = ["true", "false"];

/** What a cell can be told, by https://quarto.org/docs/reference/cells/cells-jupyter.html. */
export const cellOptions: CellOption[] = [
    { name: "label", info: "Names the cell; fig- and tbl- make it something to refer to." },
    { name: "echo", info: "Whether the code is shown.", values: ["true", "false", "fenced"] },
    { name: "eval", info: "Whether the code runs.", values: yesNo },
    { name: "output", info: "Whether what it writes is shown.", values: ["true", "false", "asis"] },
    { name: "include", info: "Whether anything of the cell is shown.", values: yesNo },
    { name: "warning", info: "Whether warnings are shown.", values: yesNo },
    { name: "error", info: "Whether the document goes on when the code fails.", values: yesNo },
    { name: "fig-cap", info: "The figure's caption." },
    { name: "fig-subcap", info: "Captions of the figures in one cell." },
    { name: "fig-alt", info: "What the figure shows, for people who do not see it." },
    { name: "fig-width", info: "In inches." },
    { name: "fig-height", info: "In inches." },
    { name: "fig-align", info: "Where the figure stands.", values: ["default", "left", "center", "right"] },
    { name: "layout-ncol", info: "How many figures stand side by side." },
    { name: "tbl-cap", info: "The table's caption." },
    { name: "code-fold", info: "Whether the code can be unfolded.", values: ["true", "false", "show"] },
    { name: "code-summary", info: "What stands on folded code." },
    { name: "code-line-numbers", info: "Whether lines are numbered, or which are set off.", values: yesNo },
    { name: "column", info: "How wide the output is.", values: ["body", "page", "screen", "margin"] },
    { name: "cache", info: "Whether results are kept while the code stays the same.", values: yesNo },
];
