/** "Time and conditions": the calendar, rate limits and faults on demand. Decides what can be asked for and in which words. */

import { ClockPanel, showTime } from "./clock.js";
import { ask } from "./confirm.js";
import { demand } from "./control.js";
import { h, icon, replace, uid } from "./dom.js";
import { report, toast } from "./toast.js";

/** @import {Json} from "./types.js" */

/** @typedef {{label: string, of: "method" | "delivery" | "", build: (name: string, times: number) => [string, Json]}} Fault */

/** @param {string} mishap @param {Json} [more] @returns {(name: string, times: number) => [string, Json]} */
function mishapOf(mishap, more = {}) {
  return (name, times) => ["deliveries", { mishap, name, times, ...more }];
}

/** @type {Fault[]} */
const FAULTS = [
  {
    label: "Slack fails (internal_error)",
    of: "method",
    build: (method, times) => ["fail", { method, error: "internal_error", times }],
  },
  { label: "Too many calls (429)", of: "method", build: (method, times) => ["limit", { method, retry_after: 2, times }] },
  { label: "Slack answers 5 seconds late", of: "method", build: (method, times) => ["delay", { method, seconds: 5, times }] },
  {
    label: "Connection cut before the effect",
    of: "method",
    build: (method, times) => ["drop", { method, when: "before", times }],
  },
  {
    label: "Connection cut after the effect",
    of: "method",
    build: (method, times) => ["drop", { method, when: "after", times }],
  },
  { label: "The app is not reached", of: "delivery", build: mishapOf("unreachable") },
  { label: "The acknowledgement is lost", of: "delivery", build: mishapOf("unacknowledged") },
  { label: "The delivery comes 2 seconds late", of: "delivery", build: mishapOf("late", { seconds: 2 }) },
  { label: "An event comes twice", of: "delivery", build: mishapOf("twice") },
  { label: "An event comes after the next one", of: "delivery", build: mishapOf("held") },
  { label: "Connections are recycled", of: "", build: () => ["disconnect", { reason: "refresh_requested" }] },
];

/** @param {Json} fault as the sandbox lists it */
function described(fault) {
  const times = fault.times === null ? "until cleared" : fault.times === 1 ? "once" : `${fault.times} times`;
  const what = fault.mishap || fault.error || (fault.lost ? "cut after" : fault.dropped ? "cut before" : `${fault.seconds} s late`);
  return `${fault.method || fault.name}: ${what}, ${times}`;
}

class Conditions {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    this.clock = new ClockPanel();
    this.rates = h("input", { type: "checkbox" });
    this.kind = h(
      "select",
      { class: "input", id: uid("fault") },
      FAULTS.map((fault, index) => h("option", { value: String(index) }, fault.label)),
    );
    this.name = h("input", { class: "input", type: "text", value: "*", id: uid("fault"), spellcheck: "false" });
    this.times = h("input", { class: "input", type: "number", min: "1", max: "1000", value: "1", id: uid("fault") });
    this.list = h("ul", { class: "fault-list" });
    this.rates.addEventListener("change", () => this.#do("rates", { on: this.rates.checked }));
    this.#build();
  }

  #build() {
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
    close.addEventListener("click", () => this.dialog.close());
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
    const revoke = h("button", { type: "button", class: "button danger" }, "Revoke the app's token");
    revoke.addEventListener("click", () => this.#revoke());
    const clear = h("button", { type: "button", class: "button" }, "Clear all faults");
    clear.addEventListener("click", () => this.#do("clear", {}));
    replace(
      this.dialog,
      h("div", { class: "modal-head" }, h("h2", { id: "conditions-title" }, "Time and conditions"), close),
      h(
        "div",
        { class: "modal-body conditions" },
        this.clock.node,
        h(
          "section",
          {},
          h("h3", {}, "Limits"),
          h("label", { class: "inline-choice" }, this.rates, "Limit calls as Slack does"),
        ),
        h("section", {}, h("h3", {}, "Faults"), form, this.list, h("div", { class: "actions" }, clear, revoke)),
      ),
    );
  }

  #demandFault() {
    const fault = FAULTS[Number(this.kind.value)];
    const [name, wanted] = fault.build(this.name.value.trim() || "*", Math.max(1, Number(this.times.value) || 1));
    return this.#do(name, wanted, fault.of ? "" : `${fault.label}: done.`);
  }

  async #revoke() {
    const text = ["The app cannot do anything here any more, until the workspace starts afresh."];
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
      const state = await demand("state");
      this.clock.show(state);
      this.rates.checked = state.rates;
      const waiting = [...state.faults, ...state.delivery_faults];
      replace(
        this.list,
        waiting.map((fault) => h("li", {}, described(fault))),
      );
    } catch (error) {
      report(error);
    }
  }
}

/** @param {HTMLButtonElement} button shows the time and opens the dialog @param {HTMLDialogElement} dialog */
export function startConditions(button, dialog) {
  const conditions = new Conditions(dialog);
  const time = h("span", {});
  button.append(time);
  showTime(time);
  button.addEventListener("click", () => {
    dialog.showModal();
    conditions.refresh();
  });
}
