// Guidance that was closed stays closed in this browser.
import { recall, remember } from "./storage.js";

for (const box of document.querySelectorAll("[data-guidance]")) {
  const key = `guidance:${box.dataset.guidance}`;
  if (recall(key) === "closed") box.hidden = true;
  box.querySelector("[data-guidance-close]")?.addEventListener("click", () => {
    box.hidden = true;
    remember(key, "closed");
  });
}
