{# The service worker: keeps the page for "no connection" and nothing else, so that nobody reads old news. Inputs: page, files. #}{% autoescape off %}const KEPT = "offline-2";
const PAGE = "{{ page }}";
const FILES = [PAGE{% for file in files %}, "{{ file }}"{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  } else if (FILES.some((file) => event.request.url.endsWith(file))) {
    event.respondWith(fetch(event.request).catch(() => caches.match(event.request)));
  }
});
{% endautoescape %}
