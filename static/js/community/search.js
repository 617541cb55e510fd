// Tells the site which result was opened, so that searches which helped can be told from those which did not.
import { csrfToken } from "../csrf.js";

const list = document.querySelector("[data-search]");

if (list?.dataset.search) {
  list.addEventListener("click", async (event) => {
    const row = event.target.closest("a") && event.target.closest("[data-id]");
    if (!row) return;
    const { kind, id, place } = row.dataset;
    const body = new URLSearchParams({ search: list.dataset.search, kind, id, place });
    const headers = { "X-CSRFToken": await csrfToken() };
    fetch(list.dataset.clicks, { method: "POST", body, headers, keepalive: true });
  });
  // The token must be at hand when the page is left by a click.
  list.addEventListener("pointerdown", () => csrfToken(), { once: true });
  list.addEventListener("focusin", () => csrfToken(), { once: true });
}
