// Stands in documents that are previewed: tells where the reader is, and goes there again in the next one.
(() => {
    if (parent === window) return;
    const tell = (message) => parent.postMessage(message, "*");
    const position = () => tell({ verso: "position", x: scrollX, y: scrollY, slide: location.hash });
    let waiting = false;
    addEventListener(
        "scroll",
        () => {
            if (waiting) return;
            waiting = true;
            requestAnimationFrame(() => {
                waiting = false;
                position();
            });
        },
        { passive: true },
    );
    // A deck has its slide in its address.
    addEventListener("slidechanged", () => setTimeout(position));
    addEventListener("message", (event) => {
        if (event.source !== parent || event.data?.verso !== "restore") return;
        scrollTo({ left: event.data.x, top: event.data.y, behavior: "instant" });
        tell({ verso: "ready" });
    });
})();
