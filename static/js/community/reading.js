// Tells the site how far its reader came in a topic: the highest post that was in view for a second, at most every 5 s.
import { csrfToken } from "../csrf.js";

const panel = document.querySelector("[data-reading]");
const posts = document.querySelectorAll('[id^="post-"]');

if (panel && posts.length) {
  let told = Number(panel.dataset.readNumber);
  let seen = told;
  const timers = new Map();
  const numberOf = (element) => Number(element.id.slice("post-".length));

  const tell = async () => {
    if (seen <= told) return;
    const number = seen;
    const body = new URLSearchParams({ post_number: String(number) });
    try {
      const headers = { "X-CSRFToken": await csrfToken() };
      const answer = await fetch(panel.dataset.reading, { method: "POST", body, headers, keepalive: true });
      if (answer.ok) told = number;
    } catch {
      // Offline: told again with the next post, or when the page is left.
    }
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(timers.get(target));
      if (!isIntersecting) continue;
      timers.set(target, setTimeout(() => { seen = Math.max(seen, numberOf(target)); }, 1000));
    }
  }, { rootMargin: "0px 0px -20% 0px" });

  for (const post of posts) if (Number.isInteger(numberOf(post))) watcher.observe(post);
  setInterval(tell, 5000);
  document.addEventListener("visibilitychange", () => document.hidden && tell());
}
