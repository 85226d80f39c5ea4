// Stands in documents that are previewed: tells where the reader is, and goes there again in the next one.
(() => {
    if (parent === window) return;
    const tell = (message) => parent.postMessage(message, "*");
    let slide = location.hash;
    const position = () => tell({ verso: "position", x: scrollX, y: scrollY, slide });
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
    // As a deck writes it into its address, which it does up to a second later.
    addEventListener("slidechanged", ({ currentSlide }) => {
        const { h, v } = globalThis.Reveal?.getIndices() ?? { h: 0, v: 0 };
        slide = `#/${currentSlide?.id ? encodeURIComponent(currentSlide.id) : v ? `${h}/${v}` : h}`;
        position();
    });
    addEventListener("message", (event) => {
        if (event.source !== parent || event.data?.verso !== "restore") return;
        scrollTo({ left: event.data.x, top: event.data.y, behavior: "instant" });
        tell({ verso: "ready" });
    });
})();
