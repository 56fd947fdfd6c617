/** The workspace's calendar: what time it is there, and buttons that move it forward. Never moves it by itself. */

import { demand } from "./control.js";
import { h, replace, uid } from "./dom.js";
import { clockTime, formatDate, fullTime, now, setNow } from "./time.js";
import { changed, on } from "./store.js";
import { announce, report } from "./toast.js";

const LOOK_MS = 400;
const TICK_MS = 10_000;

/** @param {string} iso the workspace's time as the sandbox says it */
export function learnTime(iso) {
  setNow(new Date(iso));
  changed("clock");
}

/** @param {Date} date */
function shortly(date) {
  return `${formatDate(date, "{date_short}")}, ${clockTime(date)}`;
}

/** @param {HTMLElement} place shows the time, and goes on showing it */
export function showTime(place) {
  const draw = () => {
    place.textContent = shortly(now());
    place.title = fullTime(now());
  };
  window.setInterval(draw, TICK_MS);
  for (const what of /** @type {const} */ (["clock", "people"])) on(what, draw);
}

/** @param {{ticks: string[], now: string}} moved */
function outcome(moved) {
  const { length } = moved.ticks;
  const things = length ? `${length} scheduled ${length === 1 ? "thing" : "things"} happened on the way.` : "";
  return `It is now ${shortly(new Date(moved.now))}. ${things || "Nothing was due on the way."}`;
}

/** The buttons, with words on how far a move is. */
export class ClockPanel {
  constructor() {
    this.words = h("p", { class: "clock-words", role: "status" });
    this.next = h("p", { class: "hint" });
    this.bar = h("progress", { hidden: true, "aria-label": "Moving the calendar" });
    this.moving = false;
    const titleId = uid("clock");
    const buttons = [this.#button("Next day", "day"), this.#button("Next week", "week")];
    this.toNext = this.#button("To the next scheduled thing", "next");
    this.node = h(
      "section",
      { "aria-labelledby": titleId },
      h("h3", { id: titleId }, "Time"),
      this.words,
      h("div", { class: "actions" }, buttons, this.toNext),
      this.bar,
      this.next,
      h("p", { class: "hint" }, "Time only moves forward. What is due on the way happens in order; rate limits are lifted."),
    );
  }

  /** @param {string} label @param {string} by */
  #button(label, by) {
    return h("button", { type: "button", class: "button", onclick: () => this.#move(by) }, label);
  }

  /** @param {any} state what the sandbox says of itself */
  show(state) {
    if (!this.moving) this.words.textContent = `It is ${fullTime(new Date(state.now))}.`;
    this.next.textContent = state.next_due
      ? `Scheduled next: ${shortly(new Date(state.next_due))}.`
      : "Nothing is scheduled.";
    this.toNext.disabled = !state.next_due;
  }

  /** @param {string} by */
  async #move(by) {
    if (this.moving) return;
    this.moving = true;
    this.bar.hidden = false;
    this.node.setAttribute("aria-busy", "true");
    const looking = window.setInterval(() => this.#look(), LOOK_MS);
    try {
      const moved = await demand("clock", { by });
      learnTime(moved.now);
      this.words.textContent = outcome(moved);
      announce(outcome(moved));
    } catch (error) {
      report(error);
    } finally {
      window.clearInterval(looking);
      this.moving = false;
      this.bar.hidden = true;
      this.node.removeAttribute("aria-busy");
    }
    await this.#settle();
  }

  async #look() {
    const state = await demand("state").catch(() => null);
    if (state && this.moving) replace(this.words, `Moving… it is ${shortly(new Date(state.now))}.`);
  }

  async #settle() {
    const said = this.words.textContent || "";
    try {
      this.show(await demand("state"));
    } catch (error) {
      report(error);
    }
    this.words.textContent = said;
  }
}
