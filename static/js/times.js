// "3 hours ago" keeps ageing while the page is open.
const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const steps = [
  [60, "minute", 60],
  [3600, "hour", 24],
  [86400, "day", 14],
];
const minute = 60000;

export function wording(moment, now = Date.now()) {
  const seconds = (moment - now) / 1000;
  for (const [length, unit, most] of steps) {
    const amount = Math.trunc(seconds / length);
    if (Math.abs(amount) >= 1 && Math.abs(amount) < most) return relative.format(amount, unit);
  }
  return null;
}

function refresh() {
  for (const element of document.querySelectorAll('time[data-when="relative"]')) {
    const text = wording(Date.parse(element.dateTime));
    if (text && element.textContent !== text) element.textContent = text;
  }
}

setInterval(refresh, minute);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
