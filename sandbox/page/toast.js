/** Short words to the person that are not part of any message, and words for screen readers alone. */

import { Refused } from "./api.js";
import { h, icon } from "./dom.js";

const STAYS_MS = 7000;

/** What is outside of an open dialog is inert, so both regions move into the one on top. */
function rehome() {
  const open = [...document.querySelectorAll("dialog[open]")].pop() || document.body;
  for (const id of ["toasts", "announcer"]) {
    const region = document.getElementById(id);
    if (region && region.parentElement !== open) open.appendChild(region);
  }
}

document.addEventListener("close", rehome, true);

/**
 * @param {string} text @param {"done" | "problem"} [kind]
 * @param {{key?: string, action?: string, run?: () => void}} [more] of several with one key only the last stays;
 *   `run` is what the button `action` does
 */
export function toast(text, kind = "done", { key, action, run } = {}) {
  rehome();
  if (key) document.querySelector(`#toasts [data-toast="${key}"]`)?.remove();
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss" }, icon("close"));
  const act = action ? h("button", { type: "button", class: "toast-action" }, action) : null;
  const sign = icon(kind === "done" ? "check" : "info");
  const node = h("div", { class: `toast ${kind}`, "data-toast": key }, sign, h("p", {}, text), act, close);
  act?.addEventListener("click", () => {
    node.remove();
    run?.();
  });
  close.addEventListener("click", () => node.remove());
  document.getElementById("toasts")?.appendChild(node);
  window.setTimeout(() => node.remove(), STAYS_MS);
}

/** @param {string} text read out politely, not shown */
export function announce(text) {
  rehome();
  const region = document.getElementById("announcer");
  if (region) region.textContent = text;
}

/** @param {unknown} error a refusal is shown; anything else is a mistake of this page and thrown on */
export function report(error) {
  if (!(error instanceof Refused)) throw error;
  toast(error.message, "problem");
}
