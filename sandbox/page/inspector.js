/** The drawer that lists what app and workspace said to each other. Failed calls stand out. */

import { h, hidden, icon, replace } from "./dom.js";
import { on, store } from "./store.js";
import { exactTime } from "./time.js";

/** @import {Call} from "./types.js" */

const MOST = 300;

/** @param {Call} call */
export function noteCall(call) {
  store.calls.push(call);
  if (store.calls.length > MOST) store.calls.shift();
}

/** @param {string | number} at */
function clock(at) {
  const date = typeof at === "number" ? new Date(at * 1000) : new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : exactTime(date);
}

/** @param {Call} call */
function row(call) {
  const way = call.direction === "in" ? "from the app" : "to the app";
  const summary = [
    h("td", { class: "num" }, clock(call.at)),
    h("td", { class: "way", title: way }, call.direction === "in" ? "←" : "→", hidden(way)),
    h("td", {}, h("code", {}, call.name)),
    h("td", { class: call.ok ? "fine" : "failed" }, call.ok ? "ok" : call.error || "failed"),
    h("td", { class: "num" }, call.ms === undefined || call.ms === null ? "" : `${Math.round(call.ms)} ms`),
    h("td", {}, detail(call.detail)),
  ];
  return h("tr", { class: call.ok ? null : "failed-row" }, summary);
}

/** @param {any} content */
function detail(content) {
  if (content === undefined || content === null || content === "" || Object.keys(content).length === 0) return null;
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  if (text.length < 60 && !text.includes("\n")) return text;
  return h("details", {}, h("summary", {}, "Show"), h("pre", { tabindex: "0" }, text));
}

/** @param {HTMLElement} pane @param {HTMLButtonElement} toggle */
export function startInspector(pane, toggle) {
  const body = h("tbody");
  const failures = h("span", { class: "muted" });
  const onlyFailed = h("input", { type: "checkbox" });
  const clear = h("button", { type: "button", class: "button small" }, "Clear");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close inspector" }, icon("close"));
  const head = ["Time", "Way", "Call", "Answer", "Took", "Detail"].map((name) => h("th", { scope: "col" }, name));
  replace(
    pane,
    h(
      "header",
      { class: "pane-head" },
      h("h2", {}, "Inspector"),
      failures,
      h("label", { class: "inline-choice" }, onlyFailed, "Failed only"),
      clear,
      close,
    ),
    h(
      "div",
      { class: "inspector-scroll", tabindex: "0", role: "region", "aria-label": "Calls" },
      h("table", {}, h("thead", {}, h("tr", {}, head)), body),
    ),
  );
  const draw = () => {
    const failed = store.calls.filter((call) => !call.ok);
    failures.textContent = `${store.calls.length} calls, ${failed.length} failed`;
    toggle.classList.toggle("alarm", failed.length > 0);
    if (pane.hidden) return;
    const open = new Set([...body.querySelectorAll("details[open]")].map((node) => node.textContent));
    replace(body, [...(onlyFailed.checked ? failed : store.calls)].reverse().map(row));
    for (const node of body.querySelectorAll("details")) node.open = open.has(node.textContent);
  };
  const show = (/** @type {boolean} */ open) => {
    pane.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    draw();
  };
  toggle.addEventListener("click", () => show(pane.hidden));
  close.addEventListener("click", () => {
    show(false);
    toggle.focus();
  });
  onlyFailed.addEventListener("change", draw);
  clear.addEventListener("click", () => {
    store.calls = [];
    draw();
  });
  let waiting = false;
  on("calls", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  });
}
