/** The guided tour: a strip of steps that tick themselves as they are done. Decides nothing of the workspace. */

import { focusKey } from "./blocks.js";
import { draft } from "./composer.js";
import { onDeed } from "./deeds.js";
import { h, hidden, icon, replace } from "./dom.js";
import { goTo } from "./route.js";
import { actor, on, store } from "./store.js";
import { mrkdwn } from "./mrkdwn.js";
import { announce } from "./toast.js";
import { follow, isDone, items, keep, progress } from "./tour-progress.js";

/** @import {Place, TourStep} from "./types.js" */

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
  return h("button", { type: "button", class: `button small ${style}`, "data-key": label, onclick: run }, label);
}

/** @param {number} at what the step asks for, ticked as it is done */
function checklist(at) {
  const all = items(at);
  if (!all.length) return null;
  return h(
    "ul",
    { class: "tour-until", "aria-label": "What to do" },
    all.map(({ item, isDone: done }) =>
      h("li", { class: done ? "done" : null }, icon(done ? "check" : "circle"), item.words, done ? hidden(", done") : null),
    ),
  );
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

  function again() {
    keep({ done: {} });
    move(0);
  }

  /** @param {boolean} away */
  function hide(away) {
    keep({ hidden: away });
    draw();
    if (away) toggle.focus();
    else /** @type {HTMLElement | null} */ (strip.querySelector("h2"))?.focus();
  }

  /** @param {number} at */
  function controls(at) {
    const last = at === store.tour.length - 1;
    const [showing, going] = isDone(at) ? ["", "primary"] : ["primary", ""];
    return h(
      "div",
      { class: "tour-controls" },
      button("Show me", () => show(store.tour[at]), showing),
      at > 0 ? button("Back", () => move(at - 1)) : null,
      last ? button("Start again", again) : button("Next step", () => move(at + 1), going),
      last ? button("End the tour", () => hide(true), going) : null,
    );
  }

  function draw() {
    const { step: at, hidden } = progress();
    const step = store.tour[at];
    toggle.hidden = !step;
    toggle.setAttribute("aria-expanded", String(Boolean(step) && !hidden));
    strip.hidden = !step || hidden;
    if (strip.hidden) return;
    const focused = focusKey(strip);
    const done = isDone(at);
    strip.classList.toggle("is-done", done);
    const count = `Step ${at + 1} of ${store.tour.length}`;
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Hide the tour" }, icon("close"));
    close.addEventListener("click", () => hide(true));
    replace(
      strip,
      h(
        "div",
        { class: "tour-words" },
        h(
          "h2",
          { tabindex: "-1", "data-key": "title" },
          h("span", { class: "tour-count" }, count),
          " ",
          step.title,
          done ? h("span", { class: "tour-done" }, icon("check"), " Done") : null,
        ),
        h("div", { class: "tour-text" }, mrkdwn(step.text)),
        checklist(at),
      ),
      controls(at),
      close,
    );
    focused.restore();
  }

  /** @param {number} before where the tour was */
  function tell(before) {
    const { step } = progress();
    if (step !== before) announce(`The tour goes on: step ${step + 1}, ${store.tour[step].title}.`);
    else if (isDone(step)) announce(`Step ${step + 1} of the tour is done.`);
  }

  toggle.addEventListener("click", () => hide(!progress().hidden));
  strip.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
  });
  onDeed(({ kind, name }) => {
    const before = progress().step;
    if (!follow(kind, name)) return;
    draw();
    if (!strip.hidden) tell(before);
  });
  let drawnFor = "";
  on("people", () => {
    const wanted = JSON.stringify(store.tour);
    if (wanted !== drawnFor) draw();
    drawnFor = wanted;
  });
}
