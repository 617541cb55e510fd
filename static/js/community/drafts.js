// Drafts: what is written is kept on the server as it grows, with a sequence number, so that two tabs cannot overwrite
// each other: the later tab is told and chooses. What the server cannot take stays in this tab's storage.
import { csrfToken } from "../csrf.js";

const ADDRESS = "/api/v1/drafts/";
const PAUSE = 1500;

class Draft {
  constructor(frame) {
    this.frame = frame;
    this.key = frame.dataset.draftKey;
    this.area = frame.querySelector("textarea");
    this.title = frame.closest("form").elements.title;
    this.state = frame.querySelector("[data-draft-state]");
    this.sequence = 0;
    this.original = this.area.value;
    this.area.addEventListener("input", () => this.soon());
    this.title?.addEventListener("input", () => this.soon());
    this.area.form.addEventListener("submit", () => { clearTimeout(this.timer); this.closed = true; });
    this.load();
  }

  async load() {
    const reply = await fetch(`${ADDRESS}?${new URLSearchParams({ key: this.key })}`, { headers: { Accept: "application/json" } });
    if (!reply.ok) return;
    const found = (await reply.json()).results[0];
    if (!found) return;
    this.sequence = found.sequence;
    if (found.body && found.body !== this.area.value) this.offer(found);
  }

  offer(found) {
    const box = this.show("[data-draft-found]");
    box.querySelector("[data-draft-take]").addEventListener("click", () => { this.put(found); box.remove(); });
    box.querySelector("[data-draft-drop]").addEventListener("click", () => { this.drop(); box.remove(); });
  }

  put(found) {
    this.area.value = found.body;
    if (this.title && found.title) this.title.value = found.title;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.area.focus();
  }

  soon() {
    if (this.closed || this.asking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    const kept = { key: this.key, sequence: this.sequence + 1, title: this.title?.value ?? "", body: this.area.value };
    this.tell("saving");
    try {
      const reply = await this.send("PUT", kept);
      if (reply.status === 409) return this.conflict();
      if (!reply.ok) throw new Error(String(reply.status));
      this.sequence = kept.sequence;
      this.tell("saved");
      sessionStorage.removeItem(`draft:${this.key}`);
    } catch {
      sessionStorage.setItem(`draft:${this.key}`, kept.body);
      this.tell("failed");
    }
  }

  async conflict() {
    const reply = await fetch(`${ADDRESS}?${new URLSearchParams({ key: this.key })}`, { headers: { Accept: "application/json" } });
    const other = (await reply.json()).results[0];
    if (!other) { this.sequence = 0; return this.soon(); }
    this.sequence = other.sequence;
    if (other.body === this.area.value) return this.tell("saved");
    this.asking = true;
    const box = this.show("[data-draft-conflict]");
    box.querySelector(".draft-other").textContent = other.body;
    box.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-keep]")?.dataset.keep;
      if (!chosen) return;
      this.asking = false;
      box.remove();
      if (chosen === "other") this.put(other); else this.save();
    });
  }

  async drop() {
    this.sequence = 0;
    await this.send("DELETE", null, `?${new URLSearchParams({ key: this.key })}`);
  }

  async send(method, body, query = "") {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await csrfToken() };
    return fetch(ADDRESS + query, { method, headers, credentials: "same-origin", body: body ? JSON.stringify(body) : undefined });
  }

  show(selector) {
    this.frame.append(this.frame.querySelector(selector).content.cloneNode(true));
    return this.frame.lastElementChild;
  }

  tell(what) { if (this.state) this.state.textContent = this.state.dataset[what]; }
}

for (const frame of document.querySelectorAll("[data-draft-key]")) if (frame.dataset.draftKey) new Draft(frame);
