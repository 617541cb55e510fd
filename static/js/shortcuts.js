// Keyboard shortcuts. A page names its own with data-shortcut="r" (or "g b") on the thing to press; the help lists what is there.
// Single keys can be switched off (WCAG 2.1.4), and never act while someone types.
import { openDialog } from "./dialogs.js";
import { recall, remember } from "./storage.js";

const PAUSE = 1200; // ms between the two keys of "g b"
const help = document.querySelector("#shortcuts");
const toggle = help?.querySelector("[data-shortcuts-on]");
let first = "";
let timer = 0;

const isOn = () => recall("shortcuts") !== "off";
const isTyping = (element) => element.matches?.("input, textarea, select, [contenteditable]");

function press(keys) {
  for (const target of document.querySelectorAll(`[data-shortcut="${CSS.escape(keys)}"]`)) {
    if (!target.checkVisibility() && !target.matches("a[href]")) continue;
    if (target.matches("input, textarea, select")) target.focus();
    else target.click();
    return true;
  }
  return false;
}

function step(direction) {
  const rows = [...document.querySelectorAll("[data-rows] > *")].filter((row) => row.querySelector("a[href]"));
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + direction))];
  const link = next.querySelector("[data-row-link]") ?? next.querySelector("a[href]");
  link.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function list() {
  const place = help.querySelector("[data-shortcuts-here]");
  place.replaceChildren();
  const seen = new Set();
  for (const target of document.querySelectorAll("[data-shortcut]")) {
    const keys = target.dataset.shortcut;
    if (seen.has(keys)) continue;
    seen.add(keys);
    const term = document.createElement("dt");
    for (const key of keys.split(" ")) {
      const box = document.createElement("kbd");
      box.textContent = key;
      term.append(box, " ");
    }
    const text = document.createElement("dd");
    text.textContent = target.dataset.shortcutLabel ?? target.getAttribute("aria-label") ?? target.textContent.trim();
    place.append(term, text);
  }
}

function act(key) {
  const keys = first ? `${first} ${key}` : key;
  first = "";
  if (keys === "?") {
    list();
    openDialog("shortcuts");
    return true;
  }
  if (keys === "j" || keys === "k") return step(keys === "j" ? 1 : -1);
  if (keys === "g") {
    first = "g";
    clearTimeout(timer);
    timer = setTimeout(() => (first = ""), PAUSE);
    return true;
  }
  return press(keys);
}

// Ctrl or ⌘ with Enter sends what one is writing.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !event.target.matches?.("textarea")) return;
  event.preventDefault();
  form?.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || event.key.length !== 1) return;
  if (!isOn() && event.key !== "?") return;
  if (act(event.key.toLowerCase())) event.preventDefault();
});

if (toggle) {
  toggle.checked = isOn();
  toggle.addEventListener("change", () => remember("shortcuts", toggle.checked ? null : "off"));
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-shortcuts-help]")) return;
  list();
  openDialog("shortcuts");
});
