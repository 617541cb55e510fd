// The CSRF token, fetched at the moment a form needs it: pages for guests are shared between them and hold none.
const address = document.querySelector('meta[name="csrf-address"]')?.content;
let token = null;

export async function csrfToken() {
  if (!token) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error("no token");
    token = (await answer.json()).token;
  }
  return token;
}

export const isWrite = (method) => !["GET", "HEAD", "OPTIONS"].includes(method.toUpperCase());

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const method = event.submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
  const ours = new URL(form.action, location.href).origin === location.origin;
  if (event.defaultPrevented || method.toLowerCase() !== "post" || !ours || form.elements.csrfmiddlewaretoken) return;
  if (form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
  event.preventDefault();
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken" });
  field.value = await csrfToken();
  form.append(field);
  form.requestSubmit(event.submitter);
});

// htmx waits in `htmx:confirm` until the request is issued: the one place where a token can still be fetched.
document.addEventListener("htmx:confirm", async (event) => {
  if (!isWrite(event.detail.verb) || token || event.detail.question) return;
  event.preventDefault();
  await csrfToken();
  event.detail.issueRequest();
});

document.addEventListener("htmx:configRequest", (event) => {
  if (isWrite(event.detail.verb) && token) event.detail.headers["X-CSRFToken"] = token;
});
