// htmx under a strict policy: no evaluated expressions, no style element of its own, no other origin.
import { flash } from "./flash.js";

const htmx = window.htmx;

if (htmx) {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    allowScriptTags: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollBehavior: "auto",
    // An answer that refuses may carry the form again with its errors: show it where it was asked for.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "(400|409|412|422)", swap: true, error: false },
      { code: "[45]..", swap: false, error: true },
    ],
  });
}

const words = document.querySelector("#words")?.dataset ?? {};

document.addEventListener("htmx:responseError", (event) => {
  const slow = event.detail.xhr.status === 429;
  flash(slow ? words.slow : words.failed, "danger");
});
document.addEventListener("htmx:sendError", () => flash(words.offline, "danger"));
