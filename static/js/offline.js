// Keeps the page for "no connection"; the worker answers nothing else.
const address = document.querySelector('meta[name="service-worker"]')?.content;
if (address && "serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register(address).catch(() => {}));
