// The choice of cookies is asked once. The bar is hidden in the page and shown here, so that cached pages are the same for everyone.
import { csrfToken } from "./csrf.js";

const bar = document.querySelector("#cookie-choice");
const made = document.cookie.split("; ").some((cookie) => cookie.startsWith("cookie_choice="));

if (bar && !made) {
  bar.hidden = false;
  bar.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form, event.submitter);
    bar.hidden = true;
    await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": await csrfToken(), Accept: "application/json" } });
  });
}
