// Pictures into a text: paste, drag, or choose. A text takes pictures if there is an
// <input type="file" data-pictures-for="id of the textarea" data-uploading="…" data-describe="…" data-described="…" data-failed="…">;
// each picture is sent to the API and its Markdown put where the cursor was. Without JavaScript the page /uploads/ does it.
import { csrfToken } from "../csrf.js";

const LONGEST = 2560;
const WORTH_SHRINKING = 1_500_000;

async function shrunk(file) {
  if (file.size < WORTH_SHRINKING || file.type === "image/gif" || !self.createImageBitmap) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const smaller = await canvas.convertToBlob({ type: "image/webp", quality: 0.9 });
    return smaller.size < file.size ? new File([smaller], file.name, { type: smaller.type }) : file;
  } catch {
    return file; // The server says what is wrong with it.
  }
}

async function send(file) {
  const form = new FormData();
  form.append("file", await shrunk(file));
  const headers = { "X-CSRFToken": await csrfToken(), Accept: "application/json" };
  const answer = await fetch("/api/v1/uploads/", { method: "POST", body: form, headers, credentials: "same-origin" });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.errors?.[0]?.detail ?? "");
  return body;
}

function replace(textarea, from, to) {
  const at = textarea.value.indexOf(from);
  if (at < 0) return -1;
  textarea.setRangeText(to, at, at + from.length, "preserve");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
  return at;
}

// At the cursor; if something is selected (the description of the last picture, say), on the line below it.
function placeFor(textarea) {
  const { value, selectionStart, selectionEnd } = textarea;
  if (selectionStart === selectionEnd) return selectionEnd;
  const end = value.indexOf("\n", selectionEnd);
  if (end >= 0) return end + 1;
  textarea.setRangeText("\n", value.length, value.length, "end");
  return textarea.value.length;
}

async function put(textarea, file) {
  const words = chooser(textarea).dataset;
  const state = stateOf(textarea);
  const mark = `![${words.uploading} ${file.name || ""} ${crypto.randomUUID().slice(0, 8)}]()`;
  const at = placeFor(textarea);
  textarea.setRangeText(`${mark}\n`, at, at, "end");
  state.textContent = words.uploading;
  delete state.dataset.tone;
  try {
    const upload = await send(file);
    const where = replace(textarea, mark, `![${words.describe}](${upload.url})`);
    if (where >= 0) textarea.setSelectionRange(where + 2, where + 2 + words.describe.length);
    textarea.focus();
    state.textContent = words.described ?? "";
  } catch (error) {
    replace(textarea, `${mark}\n`, "");
    state.textContent = error.message || words.failed;
    state.dataset.tone = "danger";
  }
}

function stateOf(textarea) {
  const known = textarea.parentElement.querySelector(":scope > .upload-state");
  if (known) return known;
  const state = Object.assign(document.createElement("p"), { className: "upload-state" });
  state.setAttribute("role", "status");
  textarea.after(state);
  return state;
}

const pictures = (items) => [...(items ?? [])].filter((file) => file.type.startsWith("image/"));
const chooser = (textarea) => document.querySelector(`[data-pictures-for="${textarea.id}"]`);

function composer(event) {
  const textarea = event.target.closest?.("textarea");
  return textarea?.id && chooser(textarea) ? textarea : null;
}

async function putAll(textarea, files) {
  for (const file of files) await put(textarea, file);
}

document.addEventListener("paste", (event) => {
  const textarea = composer(event);
  const files = textarea ? pictures(event.clipboardData?.files) : [];
  if (!files.length) return;
  event.preventDefault();
  putAll(textarea, files);
});

document.addEventListener("dragover", (event) => {
  const textarea = composer(event);
  if (!textarea || ![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  textarea.classList.add("takes-picture");
});

document.addEventListener("dragleave", (event) => composer(event)?.classList.remove("takes-picture"));

document.addEventListener("drop", (event) => {
  const textarea = composer(event);
  textarea?.classList.remove("takes-picture");
  const files = textarea ? pictures(event.dataTransfer?.files) : [];
  if (!files.length) return;
  event.preventDefault();
  putAll(textarea, files);
});

document.addEventListener("change", (event) => {
  const textarea = document.getElementById(event.target.dataset?.picturesFor ?? "");
  if (!textarea) return;
  putAll(textarea, pictures(event.target.files)).then(() => { event.target.value = ""; });
});

// <button data-copies="id"> copies the line of a picture.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button) navigator.clipboard.writeText(document.getElementById(`line-${button.dataset.copies}`).value);
});
