// Turns the page from light to dark and back; the choice holds for the next visit where the browser allows.
(() => {
  const root = document.documentElement;
  const button = document.createElement("button");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("verso-theme");
  } catch {
    // A page in a sandbox has no storage.
  }
  const show = () => {
    const isDark = (chosen ?? (prefersDark.matches ? "dark" : "light")) === "dark";
    if (chosen) root.dataset.theme = chosen;
    button.textContent = isDark ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use the ${isDark ? "light" : "dark"} theme`);
    return isDark;
  };
  button.type = "button";
  button.className = "theme-toggle quarto-color-scheme-toggle";
  button.addEventListener("click", () => {
    chosen = show() ? "light" : "dark";
    try {
      localStorage.setItem("verso-theme", chosen);
    } catch {}
    show();
  });
  prefersDark.addEventListener("change", show);
  show();
  document.body.querySelector(".skip-link").after(button);
})();
