// allauth's scripts only write to the console when a passkey fails; people read pages.
const KINDS = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known" };

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const kind = KINDS[event.detail.exception?.name] ?? "other";
  for (const box of document.querySelectorAll("[data-passkey-problem]")) box.hidden = box.dataset.passkeyProblem !== kind;
});
