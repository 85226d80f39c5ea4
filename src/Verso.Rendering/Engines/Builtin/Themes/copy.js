// A button beside each piece of code that puts it on the clipboard, without the numbers of its annotations.
(() => {
  const code = (block) => block.querySelector("code").textContent.replace(/ *(?:#|\/\/|--|%) [\u2460-\u2473]$/gm, "");
  for (const block of document.querySelectorAll("main div.sourceCode:has(> pre.code-with-copy)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code-copy-button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code(block));
        button.textContent = "Copied";
      } catch {
        // Pages in a sandbox may not write to it; what is selected can be copied by hand.
        getSelection().selectAllChildren(block.querySelector("code"));
        button.textContent = "Selected";
      }
      button.dataset.copied = "";
      setTimeout(() => {
        button.textContent = "Copy";
        delete button.dataset.copied;
      }, 2000);
    });
    block.append(button);
  }
})();
