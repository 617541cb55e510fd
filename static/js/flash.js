// Short messages in the corner. Screen readers hear them, because the region is in the page from the start.
const region = document.querySelector("#toasts");

export function flash(text, tone = "info") {
  if (!region || !text) return;
  const box = document.createElement("div");
  box.className = `notice notice-${tone}`;
  const words = document.createElement("div");
  words.textContent = text;
  box.append(words);
  region.append(box);
  setTimeout(() => box.remove(), tone === "danger" ? 12000 : 6000);
}

// A view may say something with an htmx answer: HX-Trigger: {"flash": {"text": …, "tone": …}}
document.addEventListener("flash", (event) => flash(event.detail.text, event.detail.tone));

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".notice")?.remove();
});
