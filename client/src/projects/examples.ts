const known: Record<string, { title: string; about: string }> = {
    penguins: { title: "A report", about: "Data, tables and plots about penguins, with a package of its own" },
    deck: { title: "A deck", about: "Slides with a plot that is drawn by the code on them" },
};

/** How an example is called; one that an operator has added is called what its folder is. */
export const exampleWords = (name: string): { title: string; about: string } =>
    known[name] ?? { title: name.replace(/[-_]/g, " "), about: "" };
