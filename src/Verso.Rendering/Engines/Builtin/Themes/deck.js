// What Quarto's slides do beyond reveal.js: code that is walked through, things at a place, footers of single slides.
const VersoDeck = {
  id: "verso",
  init(deck) {
    const root = deck.getRevealElement();

    for (const slide of root.querySelectorAll(".slides section.title-slide")) slide.classList.add("center");

    const lines = (text) =>
      text.split(",").flatMap((part) => {
        const [first, last = first] = part.split("-").map(Number);
        return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
      });

    const emphasize = (code, step) => {
      const shown = new Set(lines(step));
      code.classList.toggle("has-line-highlights", step !== "" && shown.size > 0);
      [...code.children].forEach((line, i) => line.classList.toggle("highlight-line", shown.has(i + 1)));
    };

    // Each step after the first is a fragment that is never seen itself.
    for (const block of root.querySelectorAll("[data-code-line-numbers]")) {
      const code = block.querySelector("code") ?? block;
      const steps = block.dataset.codeLineNumbers.split("|").filter((step) => /^[\d,\- ]*$/.test(step));
      if (steps.length === 0) continue;
      emphasize(code, steps[0]);
      steps.slice(1).forEach((step, i) => {
        const mark = document.createElement("span");
        mark.className = "fragment code-step";
        mark.hidden = true;
        mark.versoShow = () => emphasize(code, step);
        mark.versoHide = () => emphasize(code, steps[i]);
        block.append(mark);
      });
    }
    deck.on("fragmentshown", ({ fragments }) => fragments.forEach((fragment) => fragment.versoShow?.()));
    deck.on("fragmenthidden", ({ fragments }) => [...fragments].reverse().forEach((fragment) => fragment.versoHide?.()));

    for (const element of root.querySelectorAll(".absolute"))
      for (const side of ["top", "left", "bottom", "right", "width", "height"]) {
        const length = element.dataset[side] ?? element.getAttribute(side);
        if (length) element.style[side] = /^-?[\d.]+$/.test(length) ? `${length}px` : length;
      }

    const usual = root.querySelector(":scope > .footer-default");
    const showFooter = () => {
      const own = deck.getCurrentSlide()?.querySelector(".footer");
      if (usual) usual.hidden = Boolean(own) || deck.getCurrentSlide()?.dataset.footer === "false";
    };
    deck.on("ready", showFooter);
    deck.on("slidechanged", showFooter);

    // Paper has each slide's own footer; the usual one belongs on every sheet that has none.
    deck.on("pdf-ready", () => {
      for (const page of root.querySelectorAll(".pdf-page")) {
        if (usual && !page.querySelector(".footer")) page.append(usual.cloneNode(true));
        const logo = root.querySelector(":scope > .slide-logo");
        if (logo) page.append(logo.cloneNode(true));
      }
    });
  },
};
