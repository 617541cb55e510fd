// Light, dark, or as the system has it.
import { recall, remember } from "./storage.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const buttons = () => document.querySelectorAll("[data-theme]");

function apply() {
  const chosen = recall("theme") ?? "system";
  const shown = chosen === "system" ? (system.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.bsTheme = shown;
  for (const button of buttons()) button.setAttribute("aria-pressed", String(button.dataset.theme === chosen));
  const bar = document.querySelector('meta[name="theme-color"]');
  if (bar) bar.content = getComputedStyle(document.body).backgroundColor;
  document.dispatchEvent(new CustomEvent("theme"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme]");
  if (!button) return;
  remember("theme", button.dataset.theme === "system" ? null : button.dataset.theme);
  apply();
});
system.addEventListener("change", apply);
apply();
