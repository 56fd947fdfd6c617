/** The drawer that lists what app and workspace said to each other. Decides which calls are shown; failed ones stand out. */

import { get } from "./api.js";
import { h, hidden, icon, replace } from "./dom.js";
import { SLOW_MS, complaint, duration, summary } from "./inspector-words.js";
import { callDetail, copyButton } from "./inspector-call.js";
import { actor, changed, on, store } from "./store.js";
import { exactTime } from "./time.js";
import { toast } from "./toast.js";

/** @import {Call} from "./types.js" */

/** The server keeps no more. */
const KEPT = 2000;
/** Rows at once; older ones are a button away. */
const PAGE = 150;

/** @type {(number: number) => void} opens the drawer at a call; set when the drawer is there */
let inspect = () => {};

/** @param {Call} call */
export function noteCall(call) {
  store.calls.push(call);
  if (store.calls.length > KEPT) store.calls.shift();
  if (!call.ok) toast(complaint(call), "problem", { key: "call", action: "Inspect", run: () => inspect(call.number) });
}

/** Fetches the calls so far; those pushed meanwhile stay. */
export async function loadCalls() {
  const { calls } = await get("calls", { as: actor() });
  const last = calls.at(-1)?.number ?? 0;
  store.calls = [...calls, ...store.calls.filter((call) => call.number > last)];
  changed("calls");
}

class Inspector {
  /** @param {HTMLElement} pane @param {HTMLButtonElement} toggle */
  constructor(pane, toggle) {
    this.pane = pane;
    this.toggle = toggle;
    this.since = 0;
    this.most = PAGE;
    /** @type {Map<number, HTMLElement>} details that are open, by the number of their call */
    this.open = new Map();
    this.body = h("tbody");
    this.words = h("span", { class: "muted" });
    this.badge = h("span", { class: "count-badge", hidden: true });
    this.filter = h("input", {
      type: "search",
      class: "input",
      placeholder: "Filter by name or error",
      "aria-label": "Filter calls",
      autocomplete: "off",
    });
    this.onlyFailed = h("input", { type: "checkbox" });
    this.older = h("button", { type: "button", class: "link-button older-calls", hidden: true }, "Show earlier calls");
    toggle.append(this.badge);
    this.#build();
  }

  #build() {
    const clear = h("button", { type: "button", class: "button small" }, "Clear");
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close inspector" }, icon("close"));
    const head = ["Time", "Way", "Call", "Answer", "Took", "Detail"].map((name) => h("th", { scope: "col" }, name));
    replace(
      this.pane,
      h(
        "header",
        { class: "pane-head" },
        h("h2", {}, "Inspector"),
        this.words,
        this.filter,
        h("label", { class: "inline-choice" }, this.onlyFailed, "Failed only"),
        copyButton("Copy list", () => this.#chosen()),
        clear,
        close,
      ),
      h(
        "div",
        { class: "inspector-scroll", tabindex: "0", role: "region", "aria-label": "Calls" },
        h("table", {}, h("thead", {}, h("tr", {}, head)), this.body),
        this.older,
      ),
    );
    this.toggle.addEventListener("click", () => this.show(this.pane.hidden));
    close.addEventListener("click", () => {
      this.show(false);
      this.toggle.focus();
    });
    for (const field of [this.onlyFailed, this.filter]) field.addEventListener("input", () => this.draw());
    this.older.addEventListener("click", () => {
      this.most += PAGE;
      this.draw();
    });
    clear.addEventListener("click", () => {
      this.since = store.calls.at(-1)?.number ?? this.since;
      this.draw();
    });
  }

  /** @returns {Call[]} newest first */
  #chosen() {
    const words = this.filter.value.trim().toLowerCase();
    return store.calls
      .filter((call) => call.number > this.since && !(this.onlyFailed.checked && call.ok))
      .filter((call) => !words || `${call.name} ${call.error || ""} ${call.kind || ""}`.toLowerCase().includes(words))
      .reverse();
  }

  /** @param {boolean} open */
  show(open) {
    this.pane.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.draw();
  }

  /** @param {number} number opens the drawer at one call */
  inspect(number) {
    this.since = Math.min(this.since, number - 1);
    this.filter.value = "";
    const call = store.calls.find((one) => one.number === number);
    if (call && !this.open.has(number)) this.open.set(number, callDetail(call));
    this.show(true);
    const button = /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-number="${number}"] button`));
    button?.focus();
    button?.scrollIntoView({ block: "center" });
  }

  draw() {
    const news = store.calls.filter((call) => call.number > this.since);
    const failed = news.filter((call) => !call.ok).length;
    this.badge.hidden = failed === 0;
    replace(this.badge, failed > 99 ? "99+" : String(failed), hidden(failed === 1 ? " failed call" : " failed calls"));
    if (this.pane.hidden) return;
    const chosen = this.#chosen();
    this.words.textContent = summary(news);
    this.older.hidden = chosen.length <= this.most;
    this.#keepingFocus(() =>
      replace(
        this.body,
        chosen.slice(0, this.most).map((call) => this.#rows(call)),
      ),
    );
  }

  /** @param {() => void} work draws the rows again */
  #keepingFocus(work) {
    const active = this.body.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const number = active?.closest("[data-number]")?.getAttribute("data-number");
    work();
    if (active?.isConnected) active.focus();
    else if (number)
      /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-number="${number}"] button`))?.focus();
  }

  /** @param {Call} call */
  #rows(call) {
    const way = call.direction === "in" ? "from the app" : "to the app";
    const open = this.open.get(call.number);
    const more = h(
      "button",
      { type: "button", class: "link-button", "aria-expanded": String(Boolean(open)) },
      open ? "Hide" : "Show",
      hidden(` ${call.name}, ${call.ok ? "ok" : "failed"}`),
    );
    more.addEventListener("click", () => {
      if (!this.open.delete(call.number)) this.open.set(call.number, callDetail(call));
      this.draw();
    });
    const again = call.retry ? ` (attempt ${call.retry + 1})` : "";
    const row = h(
      "tr",
      { class: call.ok ? null : "failed-row", "data-number": call.number },
      h("td", { class: "num" }, exactTime(new Date(call.at))),
      h("td", { class: "way", title: way }, call.direction === "in" ? "←" : "→", hidden(way)),
      h("td", {}, h("code", {}, call.name), again),
      h("td", { class: call.ok ? "fine" : "failed" }, call.ok ? "ok" : call.error || "failed"),
      h("td", { class: `num${(call.ms ?? 0) >= SLOW_MS ? " slow" : ""}` }, duration(call.ms)),
      h("td", {}, more),
    );
    return open ? [row, h("tr", { class: "detail-row" }, h("td", { colspan: "6" }, open))] : [row];
  }
}

/** @param {HTMLElement} pane @param {HTMLButtonElement} toggle */
export function startInspector(pane, toggle) {
  const inspector = new Inspector(pane, toggle);
  inspect = (number) => inspector.inspect(number);
  let waiting = false;
  on("calls", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      inspector.draw();
    });
  });
}
