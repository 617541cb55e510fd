// Numbers in the frame that guests carry in a cookie, since their pages are shared: <span data-number-cookie="name">.
const numberIn = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=(\\d{1,4})(?:;|$)`))?.[1] ?? "0";

for (const bubble of document.querySelectorAll("[data-number-cookie]")) {
  const number = numberIn(bubble.dataset.numberCookie);
  bubble.textContent = number === "0" ? "" : number;
}

// Who logged in needs it no more: the server draws the number.
for (const bubble of document.querySelectorAll("[data-spent-cookie]")) {
  document.cookie = `${bubble.dataset.spentCookie}=; max-age=0; path=/; samesite=lax`;
}
