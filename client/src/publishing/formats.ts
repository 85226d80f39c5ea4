/** What a project can be exported to. */
export const formats = [
    { name: "html", words: "Web page", about: "One HTML file that holds all it needs" },
    { name: "pdf", words: "PDF", about: "To print, or to hand in" },
    { name: "presentation", words: "Deck", about: "Slides as one HTML file, as PDF and as PowerPoint" },
];
