// The composer: tools, mentions, quotes, whom an answer answers, tags. Drafts are in drafts.js, pictures in uploads.js.
import "./drafts.js";
import "./uploads.js";

const changed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));
const areaOf = (element) => element.closest("[data-composer-frame]")?.querySelector("textarea");

function wrap(area, mark) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(mark + value.slice(from, to) + mark, from, to, "end");
  if (from === to) area.setSelectionRange(from + mark.length, from + mark.length);
  changed(area);
}

function beginLines(area, mark) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = area.value.slice(from, area.selectionEnd).split("\n").map((line) => mark + line);
  area.setRangeText(lines.join("\n"), from, area.selectionEnd, "end");
  changed(area);
}

function insertLink(area) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const text = value.slice(from, to);
  area.setRangeText(`[${text}](https://)`, from, to, "end");
  area.setSelectionRange(area.selectionEnd - 1, area.selectionEnd - 1);
  changed(area);
}

document.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-wrap], [data-line], [data-link]");
  const area = tool && areaOf(tool);
  if (!area) return;
  area.focus();
  if (tool.dataset.wrap) wrap(area, tool.dataset.wrap);
  else if (tool.dataset.line) beginLines(area, tool.dataset.line);
  else insertLink(area);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("textarea[data-composer]") || !(event.ctrlKey || event.metaKey)) return;
  const mark = { b: "**", i: "*", e: "`" }[event.key];
  if (mark) { event.preventDefault(); wrap(event.target, mark); }
  if (event.key === "Enter") { event.preventDefault(); event.target.form.requestSubmit(); }
});

// Answer and quote
function answerTo(form, id, number) {
  form.elements.reply_to.value = id;
  const state = form.querySelector("[data-reply-state]");
  state.hidden = !id;
  state.querySelector("b").textContent = id ? `#${number}` : "";
}

document.addEventListener("click", async (event) => {
  const form = document.querySelector(".reply-form");
  const answer = event.target.closest("[data-reply-to]");
  const quote = event.target.closest("[data-quote]");
  if (event.target.closest("[data-reply-clear]")) answerTo(form, "", "");
  if (!form || !(answer || quote)) return;
  event.preventDefault();
  const post = (answer ?? quote).closest("[data-post]").dataset;
  answerTo(form, post.post, post.number);
  const area = form.querySelector("textarea");
  if (quote) {
    const reply = await fetch(quote.dataset.quote, { headers: { Accept: "application/json" } });
    if (reply.ok) {
      area.setRangeText((await reply.json()).markdown, area.selectionStart, area.selectionEnd, "end");
      changed(area);
    }
  }
  area.focus();
  area.scrollIntoView({ block: "center" });
});

// Mentions
const ASKING = /(?:^|[\s(])@([\p{L}\p{N}_-]{0,30})$/u;
let asked = 0;

function close(list) { list.hidden = true; list.replaceChildren(); }

function choose(area, list, username) {
  const before = area.value.slice(0, area.selectionStart);
  const typed = before.match(ASKING)[1];
  area.setRangeText(`${username} `, area.selectionStart - typed.length, area.selectionStart, "end");
  close(list);
  changed(area);
  area.focus();
}

async function suggest(area) {
  const frame = area.closest("[data-composer-frame]");
  const list = frame.querySelector("[data-suggestions]");
  const match = area.value.slice(0, area.selectionStart).match(ASKING);
  if (!match) return close(list);
  const turn = ++asked;
  const query = new URLSearchParams({ q: match[1], topic: frame.dataset.topic });
  const reply = await fetch(`${frame.dataset.mentions}?${query}`, { headers: { Accept: "application/json" } });
  if (turn !== asked || !reply.ok) return;
  const { results } = await reply.json();
  list.replaceChildren(...results.map((member, at) => {
    const row = Object.assign(document.createElement("button"), { type: "button" });
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(at === 0));
    row.append(Object.assign(document.createElement("b"), { textContent: `@${member.username}` }), ` ${member.name === member.username ? "" : member.name}`);
    row.addEventListener("mousedown", (event) => { event.preventDefault(); choose(area, list, member.username); });
    row.dataset.username = member.username;
    return row;
  }));
  list.hidden = !results.length;
}

let pause;
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("textarea[data-composer]")) return;
  clearTimeout(pause);
  pause = setTimeout(() => suggest(event.target), 180);
});

document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-composer-frame]")?.querySelector("[data-suggestions]:not([hidden])");
  if (!list || !event.target.matches("textarea")) return;
  const rows = [...list.children];
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    rows[at].setAttribute("aria-selected", "false");
    rows[(at + step + rows.length) % rows.length].setAttribute("aria-selected", "true");
  } else if (["Enter", "Tab"].includes(event.key)) {
    event.preventDefault();
    choose(event.target, list, rows[at].dataset.username);
  } else if (event.key === "Escape") close(list);
});

// Tags: what others use, as a list under the field
document.addEventListener("input", async (event) => {
  const address = event.target.closest?.("[data-tags]")?.dataset.tags;
  if (!address) return;
  const typed = event.target.value.split(/[,\s]+/).pop();
  const before = event.target.value.slice(0, event.target.value.length - typed.length);
  const reply = await fetch(`${address}?${new URLSearchParams({ q: typed })}`, { headers: { Accept: "application/json" } });
  if (!reply.ok) return;
  const { results } = await reply.json();
  let list = document.getElementById("tag-names");
  if (!list) {
    list = Object.assign(document.createElement("datalist"), { id: "tag-names" });
    document.body.append(list);
    event.target.setAttribute("list", list.id);
  }
  list.replaceChildren(...results.map((name) => Object.assign(document.createElement("option"), { value: before + name })));
});
