// Stands in documents that are previewed: tells where the reader is, and goes there again in the next one.
(() => {
    if (parent === window) return;
    const tell = (message) => parent.postMessage(message, "*");
    let waiting = false;
    addEventListener(
        "scroll",
        () => {
            if (waiting) return;
            waiting = true;
            requestAnimationFrame(() => {
                waiting = false;
                tell({ verso: "position", x: scrollX, y: scrollY });
            });
        },
        { passive: true },
    );
    addEventListener("message", (event) => {
        if (event.source !== parent || event.data?.verso !== "restore") return;
        scrollTo({ left: event.data.x, top: event.data.y, behavior: "instant" });
        tell({ verso: "ready" });
    });
    // Keys that the editor around it listens for, pressed while the document has the focus.
    addEventListener("keydown", (event) => {
        if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === "s")) {
            event.preventDefault();
            tell({ verso: "render" });
        }
    });
})();
