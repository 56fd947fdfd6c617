/** One call in the inspector: what was checked, what went to and fro. Fetches it when it is opened. */

import { get } from "./api.js";
import { h, icon, replace } from "./dom.js";
import { actor } from "./store.js";
import { report, toast } from "./toast.js";

/** @import {Json, Call} from "./types.js" */

/** @param {string} label @param {() => unknown} value what goes to the clipboard, as JSON */
export function copyButton(label, value) {
  const button = h("button", { type: "button", class: "button small" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(value(), null, 2));
      toast("Copied.");
    } catch {
      toast("The browser does not allow copying here.", "problem");
    }
  });
  return button;
}

/** @param {Json} check */
function checkLine(check) {
  const failed = check.ok === false;
  const state = failed ? "failed" : check.ok ? "passed" : "not reached";
  const mark = failed ? icon("close") : check.ok ? icon("check") : "–";
  const more = [
    check.pointer !== undefined ? h("div", {}, "at ", h("code", {}, check.pointer || "/")) : null,
    check.code ? h("div", {}, "code ", h("code", {}, check.code)) : null,
    check.constraint ? h("div", {}, "limit ", h("code", {}, JSON.stringify(check.constraint))) : null,
  ];
  return h(
    "li",
    { class: failed ? "check check-failed" : "check" },
    h("span", { class: "check-mark", "aria-hidden": "true" }, mark),
    h(
      "div",
      {},
      h("span", { class: "check-name" }, check.name),
      ` ${state}`,
      check.message ? h("div", { class: "check-message" }, check.message) : null,
      failed ? more : null,
    ),
  );
}

/** @param {string} title @param {unknown} content */
function part(title, content) {
  if (content === undefined || content === null) return null;
  const text = JSON.stringify(content, null, 2);
  return h("div", { class: "call-part" }, h("h3", {}, title), h("pre", { tabindex: "0" }, text));
}

/** @param {{call: Call, checks: Json[]}} answer */
function drawn({ call, checks }) {
  const { arguments: asked, answer, payload, ack, body, ...rest } = call.detail || {};
  const failedFirst = [...checks].sort((a, b) => Number(a.ok !== false) - Number(b.ok !== false));
  return [
    h("div", { class: "call-part" }, h("h3", {}, "Checks"), h("ul", { class: "checks" }, failedFirst.map(checkLine))),
    part("Arguments", asked ?? body),
    part("Answer", answer),
    part("Payload", payload),
    part("Acknowledgement", ack),
    part("Circumstances", Object.keys(rest).length ? rest : null),
    copyButton("Copy as JSON", () => ({ ...call, checks })),
  ];
}

/** @param {Call} call @returns {HTMLElement} filled as soon as the server has answered */
export function callDetail(call) {
  const frame = h("div", { class: "call-detail" }, h("p", { class: "muted" }, "Fetching…"));
  get("call", { as: actor(), number: call.number })
    .then((answer) => replace(frame, drawn(answer)))
    .catch((error) => {
      replace(frame, h("p", { class: "muted" }, "This call cannot be shown any more."));
      report(error);
    });
  return frame;
}
