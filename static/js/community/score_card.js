// A score card by the keyboard: 1 to 5 score the line in focus and go on to the next, arrows move up and down.
const lines = [...document.querySelectorAll(".score-line")];

function go(to) {
  const line = lines[Math.max(0, Math.min(lines.length - 1, to))];
  const radio = line?.querySelector("input:checked") ?? line?.querySelector("input");
  radio?.focus();
  line?.scrollIntoView({ block: "nearest" });
}

document.querySelector(".score-card")?.addEventListener("keydown", (event) => {
  const here = lines.findIndex((line) => line.contains(event.target));
  if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key >= "1" && event.key <= "5") {
    const radio = lines[here].querySelector(`input[value="${event.key}"]`);
    if (radio && !radio.disabled) radio.checked = true;
    go(here + 1);
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    go(here + (event.key === "ArrowDown" ? 1 : -1));
    event.preventDefault();
  }
});
