// Photos: the arrow keys turn to the neighbours of a large one; chosen files are shown before they are sent.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (way) document.querySelector(`.photo-turn [rel="${way}"]`)?.click();
});

document.addEventListener("change", (event) => {
  const preview = document.getElementById(event.target.dataset?.showsIn ?? "");
  if (!preview) return;
  for (const image of preview.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  preview.replaceChildren(...[...event.target.files].map((file) => {
    const image = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: file.name });
    const item = document.createElement("li");
    item.append(image);
    return item;
  }));
});
