// Runs before the first paint, so that a reader who chose dark never sees a white flash. Classic script on purpose: a module would come too late.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // Storage is refused: follow the system.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
})();
