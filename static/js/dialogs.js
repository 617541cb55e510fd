// <button data-dialog="name"> opens <dialog id="name">; a press on the veil closes it.
export function openDialog(name) {
  const dialog = document.getElementById(name);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) openDialog(opener.dataset.dialog);
  else if (event.target.matches("dialog.dialog")) event.target.close();
});
