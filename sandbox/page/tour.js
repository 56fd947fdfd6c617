/** The guided tour: a strip of steps, each of which can be shown. Decides nothing of the workspace; nothing needs it. */

import { draft } from "./composer.js";
import { h, icon, replace } from "./dom.js";
import { goTo } from "./route.js";
import { actor, on, store } from "./store.js";
import { mrkdwn } from "./mrkdwn.js";

/** @import {Place, TourStep} from "./types.js" */

const KEY = "sandbox-tour";

/** @returns {{step: number, hidden: boolean}} how far this browser is with the tour of this workspace */
function progress() {
  try {
    const kept = JSON.parse(localStorage.getItem(`${KEY}-${store.team.id}`) || "{}");
    const step = Number.isInteger(kept.step) ? Math.max(0, Math.min(kept.step, store.tour.length - 1)) : 0;
    return { step, hidden: Boolean(kept.hidden) };
  } catch {
    return { step: 0, hidden: false };
  }
}

/** @param {{step?: number, hidden?: boolean}} change */
function keep(change) {
  localStorage.setItem(`${KEY}-${store.team.id}`, JSON.stringify({ ...progress(), ...change }));
}

/** @param {TourStep} step @returns {Place | null} */
function placeOf(step) {
  if (step.channel) return { kind: "channel", id: step.channel };
  const app = store.apps[0];
  return step.tab && app ? { kind: "app", id: app.id, tab: step.tab } : store.place;
}

/** Acts as whom the step is about, goes where it happens, and writes what is to be sent, without sending it. */
function show(/** @type {TourStep} */ step) {
  const as = step.as || actor();
  const place = placeOf(step);
  if (step.say && place?.kind === "channel") draft(as, place.id, step.say);
  goTo(place, as);
}

/** @param {string} label @param {() => void} run @param {string} [style] */
function button(label, run, style = "") {
  return h("button", { type: "button", class: `button small ${style}`, onclick: run }, label);
}

/**
 * @param {HTMLElement} strip stays out of the way: it takes room of its own and covers nothing
 * @param {HTMLButtonElement} toggle brings the tour back, and takes it away
 */
export function startTour(strip, toggle) {
  /** @param {number} step */
  function move(step) {
    keep({ step });
    draw();
    /** @type {HTMLElement | null} */ (strip.querySelector("h2"))?.focus();
  }

  /** @param {boolean} hidden */
  function hide(hidden) {
    keep({ hidden });
    draw();
    if (hidden) toggle.focus();
    else /** @type {HTMLElement | null} */ (strip.querySelector("h2"))?.focus();
  }

  /** @param {number} at */
  function controls(at) {
    const last = at === store.tour.length - 1;
    return h(
      "div",
      { class: "tour-controls" },
      button("Show me", () => show(store.tour[at]), "primary"),
      at > 0 ? button("Back", () => move(at - 1)) : null,
      last ? button("Start again", () => move(0)) : button("Next step", () => move(at + 1)),
      last ? button("End the tour", () => hide(true)) : null,
    );
  }

  function draw() {
    const { step: at, hidden } = progress();
    const step = store.tour[at];
    toggle.hidden = !step;
    toggle.setAttribute("aria-expanded", String(Boolean(step) && !hidden));
    strip.hidden = !step || hidden;
    if (strip.hidden) return;
    const count = `Step ${at + 1} of ${store.tour.length}`;
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Hide the tour" }, icon("close"));
    close.addEventListener("click", () => hide(true));
    replace(
      strip,
      h(
        "div",
        { class: "tour-words" },
        h("h2", { tabindex: "-1" }, h("span", { class: "tour-count" }, count), " ", step.title),
        h("div", { class: "tour-text" }, mrkdwn(step.text)),
      ),
      controls(at),
      close,
    );
  }

  toggle.addEventListener("click", () => hide(!progress().hidden));
  strip.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
  });
  let drawnFor = "";
  on("people", () => {
    const wanted = JSON.stringify(store.tour);
    if (wanted !== drawnFor) draw();
    drawnFor = wanted;
  });
}
