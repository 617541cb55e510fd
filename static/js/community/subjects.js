// On a subject's page: a second press on "why" folds the explanation away again.
const why = document.getElementById("why");
document.addEventListener("htmx:beforeRequest", (event) => {
  if (why && event.target.matches(".why-link") && why.children.length) {
    event.preventDefault();
    why.replaceChildren();
  }
});
