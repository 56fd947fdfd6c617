/** "Time and conditions": the calendar, limits, faults, closed channels, people who are gone. Each can be taken back. */

import { ClockPanel, showTime } from "./clock.js";
import { ClosurePanel } from "./closures.js";
import { ask } from "./confirm.js";
import { demand } from "./control.js";
import { h, hidden, icon, replace, uid } from "./dom.js";
import { FAULTS, described } from "./fault-kinds.js";
import { appById, on } from "./store.js";
import { report, toast } from "./toast.js";

/** @import {Json} from "./types.js" */

const STORM_CALLS = 20;
/** Calls use faults up: so long after one the panel looks again. */
const LOOK_AGAIN_MS = 500;

class Conditions {
  /** @param {HTMLDialogElement} dialog @param {HTMLElement} badge says on the button how much is on */
  constructor(dialog, badge) {
    this.dialog = dialog;
    this.badge = badge;
    this.clock = new ClockPanel();
    this.closures = new ClosurePanel((name, wanted, said) => this.#do(name, wanted, said));
    this.rates = h("input", { type: "checkbox" });
    this.kind = h(
      "select",
      { class: "input", id: uid("fault") },
      FAULTS.map((fault, index) => h("option", { value: String(index) }, fault.label)),
    );
    this.name = h("input", { class: "input", type: "text", value: "*", id: uid("fault"), spellcheck: "false" });
    this.times = h("input", { class: "input", type: "number", min: "1", max: "1000", value: "1", id: uid("fault") });
    this.list = h("ul", { class: "fault-list", "aria-label": "What is out of order" });
    this.fine = h("p", { class: "hint" }, "Nothing is out of order.");
    this.clear = this.#button("Take all of it back", () => this.#do("clear", {}));
    this.on = 0;
    this.looking = 0;
    this.rates.addEventListener("change", () => this.#do("rates", { on: this.rates.checked }));
    this.#build();
    on("calls", () => this.#lookAgain());
    for (const what of /** @type {const} */ (["channels", "people"])) on(what, () => dialog.open && this.closures.draw());
  }

  /** @param {string} text @param {() => void} run @param {string} [style] */
  #button(text, run, style = "") {
    return h("button", { type: "button", class: `button ${style}`, onclick: run }, text);
  }

  #build() {
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
    close.addEventListener("click", () => this.dialog.close());
    const limits = h("label", { class: "inline-choice" }, this.rates, "Limit calls as Slack does");
    const parts = h(
      "div",
      { class: "modal-body conditions" },
      h("section", { class: "now-on" }, h("h3", {}, "Out of order now"), this.fine, this.list, this.clear),
      this.clock.node,
      h("section", {}, h("h3", {}, "Limits"), limits),
      h("section", {}, h("h3", {}, "Let something go wrong"), this.#form(), this.#storms()),
      this.closures.node,
    );
    const title = h("h2", { id: "conditions-title" }, "Time and conditions");
    replace(this.dialog, h("div", { class: "modal-head" }, title, close), parts);
  }

  #form() {
    const field = (/** @type {string} */ label, /** @type {HTMLElement} */ control) =>
      h("div", {}, h("label", { class: "label", for: control.id }, label), control);
    const form = h(
      "form",
      { class: "fault-form" },
      field("What goes wrong", this.kind),
      field("With which call (* is every)", this.name),
      field("How often", this.times),
      h("button", { type: "submit", class: "button" }, "Let it happen"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#demandFault();
    });
    return form;
  }

  #storms() {
    const storm = this.#button(`Storm: the next ${STORM_CALLS} calls are too many`, () =>
      this.#do("storm", { calls: STORM_CALLS, retry_after: 1 }),
    );
    return h("div", { class: "actions" }, storm, this.#button("Revoke the app's token", () => this.#revoke(), "danger"));
  }

  #demandFault() {
    const fault = FAULTS[Number(this.kind.value)];
    const [name, wanted] = fault.build(this.name.value.trim() || "*", Math.max(1, Number(this.times.value) || 1));
    return this.#do(name, wanted, fault.of ? "" : `${fault.label}: done.`);
  }

  async #revoke() {
    const text = ["The app can do nothing here until its token is given back. One that takes itself for removed needs a new start."];
    if (await ask({ title: "Revoke the token?", text, yes: "Revoke", no: "Keep it", danger: true }))
      await this.#do("revoke", {}, "The token is revoked.");
  }

  /** @param {string} name @param {Json} wanted @param {string} [said] */
  async #do(name, wanted, said = "") {
    try {
      await demand(name, wanted);
      if (said) toast(said);
    } catch (error) {
      report(error);
    }
    await this.refresh();
  }

  async refresh() {
    try {
      this.#show(await demand("state"));
    } catch (error) {
      report(error);
    }
  }

  /** @param {Json} state what the sandbox says of itself */
  #show(state) {
    this.clock.show(state);
    this.rates.checked = state.rates;
    const faults = [...state.faults, ...state.delivery_faults].map((/** @type {Json} */ fault) =>
      this.#row(`fault-${fault.number}`, described(fault), "Take back", ["clear", { number: fault.number }]),
    );
    const revoked = state.revoked.map((/** @type {string} */ app) =>
      this.#row(`token-${app}`, `The token of ${appById(app)?.name || app} is revoked`, "Give back", [
        "revoke",
        { app, revoked: false },
      ]),
    );
    const focused = this.list.contains(document.activeElement);
    replace(this.list, faults, revoked);
    this.on = faults.length + revoked.length;
    this.fine.hidden = this.on > 0;
    this.clear.hidden = !faults.length;
    if (focused) (this.list.querySelector("button") || this.rates).focus();
    this.#count();
  }

  /** @param {string} key @param {string} text @param {string} label @param {[string, Json]} undo */
  #row(key, text, label, [name, wanted]) {
    const button = this.#button(label, () => this.#do(name, wanted), "small");
    button.append(hidden(` ${text}`));
    return h("li", { "data-key": key }, h("span", {}, text), button);
  }

  #count() {
    this.badge.hidden = !this.on;
    replace(this.badge, this.on ? [String(this.on), hidden(this.on === 1 ? " fault is on" : " faults are on")] : "");
  }

  /** Only while something is on: a quiet workspace is asked nothing. */
  #lookAgain() {
    if (this.looking || (!this.on && !this.dialog.open)) return;
    this.looking = window.setTimeout(() => {
      this.looking = 0;
      this.refresh();
    }, LOOK_AGAIN_MS);
  }
}

/** @param {HTMLButtonElement} button shows the time and opens the dialog @param {HTMLDialogElement} dialog */
export function startConditions(button, dialog) {
  const time = h("span", {});
  const badge = h("span", { class: "count-badge", hidden: true });
  button.append(time, badge);
  const conditions = new Conditions(dialog, badge);
  showTime(time);
  button.addEventListener("click", () => {
    dialog.showModal();
    conditions.closures.draw();
    conditions.refresh();
  });
  let asked = false;
  on("online", () => {
    if (asked) return;
    asked = true;
    conditions.refresh();
  });
}
