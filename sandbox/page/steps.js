/** Runs a step that an app offers to workflows, by hand: its inputs, and what came of it. Runs no workflow. */

import { Refused, post } from "./api.js";
import { h, icon, replace, uid } from "./dom.js";
import { rememberFocus } from "./focus-memory.js";
import { stepField } from "./step-fields.js";
import { actor, appById, store } from "./store.js";
import { announce, toast } from "./toast.js";

/** @import {App, Step} from "./types.js" */
/** @import {Item} from "./menu.js" */
/** @import {StepField} from "./step-fields.js" */

/** @typedef {{id: string, app: string, callback_id: string, status: "running" | "completed" | "failed",
 *   outputs: Record<string, any>, error: string}} Execution */

/** @type {Map<string, (execution: Execution) => void>} runs whose dialog still waits for their end */
const waiting = new Map();
/** @type {Map<string, Execution>} ends that came before the answer to the start did */
const early = new Map();

/** @returns {Item[]} the steps of all apps, for a menu */
export function stepItems() {
  return store.apps.flatMap((app) =>
    app.steps.map((step) => ({
      label: `${step.title}…`,
      hint: step.description,
      group: `${app.name}: workflow steps`,
      run: () => openStep(app, step),
    })),
  );
}

/** @param {Execution} execution that has ended, as the stream says */
export function stepEnded(execution) {
  const show = waiting.get(execution.id);
  waiting.delete(execution.id);
  if (show) {
    show(execution);
    return;
  }
  early.set(execution.id, execution);
  const step = appById(execution.app)?.steps.find((one) => one.callback_id === execution.callback_id);
  const name = step?.title || execution.callback_id;
  if (execution.status === "failed") toast(`${name} failed: ${execution.error}`, "problem");
  else toast(`${name} is done.`);
}

/** @param {any} value */
function shown(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @param {Step} step @param {Execution} execution @returns {Node[]} */
function outcome(step, execution) {
  if (execution.status === "failed") return [h("p", { class: "step-failed" }, `The step failed: ${execution.error}`)];
  const titles = new Map(step.outputs.map((one) => [one.name, one.title || one.name]));
  const rows = Object.entries(execution.outputs).flatMap(([name, value]) => [
    h("dt", {}, titles.get(name) || name),
    h("dd", { dir: "auto" }, shown(value)),
  ]);
  return [h("p", { class: "step-done" }, icon("check"), "The step is done."), rows.length ? h("dl", {}, rows) : h("p", { class: "hint" }, "It hands nothing on.")];
}

class StepDialog {
  /** @param {App} app @param {Step} step */
  constructor(app, step) {
    this.app = app;
    this.step = step;
    this.run = "";
    const titleId = uid("step");
    /** @type {StepField[]} */
    this.fields = step.inputs.map(stepField);
    this.words = h("div", { class: "step-result", role: "status" });
    this.start = h("button", { type: "submit", class: "button primary" }, "Run step");
    this.node = h("dialog", { class: "step-dialog", "aria-labelledby": titleId });
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
    const form = h(
      "form",
      { class: "modal-body blocks", novalidate: true },
      h("p", { class: "hint" }, step.description || `A step that ${app.name} offers to workflows.`),
      this.fields.map((field) => field.node),
      h("div", { class: "actions" }, this.start),
      this.words,
    );
    close.addEventListener("click", () => this.node.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go();
    });
    replace(this.node, h("div", { class: "modal-head" }, h("h2", { id: titleId, dir: "auto" }, step.title), close), form);
    const giveBack = rememberFocus();
    this.node.addEventListener("close", () => {
      waiting.delete(this.run);
      this.node.remove();
      giveBack();
    });
  }

  open() {
    document.body.append(this.node);
    this.node.showModal();
    /** @type {HTMLElement | null} */ (this.node.querySelector("input, textarea") || this.start)?.focus();
  }

  async go() {
    if (this.start.getAttribute("aria-busy")) return;
    const wrong = this.fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].focus();
      return;
    }
    const inputs = Object.fromEntries(this.fields.map((field) => [field.name, field.read()]).filter(([, value]) => value !== null));
    this.start.setAttribute("aria-busy", "true");
    replace(this.words, h("p", { class: "hint" }, "Running…"));
    try {
      const where = { as: actor(), app: this.app.id, callback_id: this.step.callback_id };
      const { execution } = await post("step", { ...where, inputs });
      this.run = execution.id;
      const ended = execution.status === "running" ? early.get(execution.id) : execution;
      early.delete(execution.id);
      if (ended) this.show(ended);
      else waiting.set(execution.id, (/** @type {Execution} */ one) => this.show(one));
    } catch (error) {
      this.start.removeAttribute("aria-busy");
      if (!(error instanceof Refused)) throw error;
      replace(this.words, h("p", { class: "step-failed" }, error.message));
    }
  }

  /** @param {Execution} execution */
  show(execution) {
    this.start.removeAttribute("aria-busy");
    this.start.textContent = "Run again";
    replace(this.words, outcome(this.step, execution));
    announce(this.words.textContent || "");
  }
}

/** @param {App} app @param {Step} step */
function openStep(app, step) {
  new StepDialog(app, step).open();
}
