/** The fields of a workflow step: one for each input, by its type. Decides how a value is written and read. */

import { Combobox } from "./combobox.js";
import { h, uid } from "./dom.js";
import { fromChannel, fromUser, matching } from "./el-select.js";
import { people, store } from "./store.js";

/** @import {StepParameter} from "./types.js" */
/** @import {Option} from "./combobox.js" */

/**
 * @typedef {{name: string, node: HTMLElement, read: () => any, check: () => boolean, focus: () => void}} StepField
 *   `read` answers null for what was left empty; `check` says at the field what is wrong, and whether all is well
 * @typedef {{control: HTMLElement, value: () => any, wrong?: () => string}} Control
 */

/** @typedef {{id: string, labelId: string, describedBy: string}} Ids */

/** @param {Ids} ids @param {Record<string, any>} more */
function shared({ id, describedBy }, more) {
  return { id, class: "input", "aria-describedby": describedBy, autocomplete: "off", dir: "auto", ...more };
}

/** @param {Ids} ids @returns {Control} */
function text(ids) {
  const control = h("input", shared(ids, { type: "text" }));
  return { control, value: () => control.value.trim() || null };
}

/** @param {Ids} ids @param {boolean} whole @returns {Control} */
function number(ids, whole) {
  const control = h("input", shared(ids, { type: "text", inputmode: whole ? "numeric" : "decimal" }));
  const fits = whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/;
  return {
    control,
    value: () => (control.value.trim() ? Number(control.value) : null),
    wrong: () =>
      control.value.trim() && !fits.test(control.value.trim()) ? `Please enter a ${whole ? "whole " : ""}number.` : "",
  };
}

/** @param {Ids} ids @returns {Control} */
function yesOrNo(ids) {
  const control = h("input", { type: "checkbox", id: ids.id, "aria-describedby": ids.describedBy });
  return { control, value: () => control.checked };
}

/** @param {Ids} ids @param {boolean} list @returns {Control} lists and objects are written as JSON */
function json(ids, list) {
  const placeholder = list ? '["one", "two"]' : '{"name": "value"}';
  const control = h("textarea", shared(ids, { rows: "3", placeholder, spellcheck: "false" }));
  const read = () => {
    try {
      return control.value.trim() ? JSON.parse(control.value) : null;
    } catch {
      return undefined;
    }
  };
  const fits = (/** @type {any} */ value) =>
    value === null || (typeof value === "object" && Array.isArray(value) === list);
  return {
    control,
    value: read,
    wrong: () => (fits(read()) ? "" : `Please enter ${list ? "a list" : "an object"} as JSON, such as ${placeholder}`),
  };
}

/** @param {Ids} ids @param {() => Option[]} options @returns {Control} */
function choice(ids, options) {
  /** @type {any} */
  let chosen = null;
  const combo = new Combobox({
    chosen: [],
    id: ids.id,
    labelId: ids.labelId,
    describedBy: ids.describedBy,
    placeholder: "Choose",
    clearable: true,
    load: async (query) => matching([{ options: options() }], query),
    choose: ([option]) => {
      chosen = option?.raw ?? null;
      return true;
    },
  });
  return { control: combo.node, value: () => chosen };
}

/** @type {Record<string, (ids: Ids) => Control>} */
const KINDS = {
  boolean: yesOrNo,
  integer: (ids) => number(ids, true),
  number: (ids) => number(ids, false),
  array: (ids) => json(ids, true),
  object: (ids) => json(ids, false),
  "slack#/types/user_id": (ids) => choice(ids, () => people().map(fromUser)),
  "slack#/types/channel_id": (ids) =>
    choice(ids, () => store.channels.filter((one) => !one.is_im && !one.is_archived).map(fromChannel)),
};

/** @param {StepParameter} parameter @returns {StepField} */
export function stepField(parameter) {
  const ids = { id: uid("step"), labelId: uid("step"), hintId: uid("step"), errorId: uid("step") };
  const describedBy = `${parameter.description ? `${ids.hintId} ` : ""}${ids.errorId}`;
  const { control, value, wrong } = (KINDS[parameter.type] || text)({ ...ids, describedBy });
  const error = h("p", { class: "field-error", id: ids.errorId, hidden: true });
  const optional = parameter.is_required ? null : h("span", { class: "optional" }, " (optional)");
  const label = h("label", { class: "label", id: ids.labelId, for: ids.id, dir: "auto" }, parameter.title || parameter.name, optional);
  const hint = parameter.description ? h("p", { class: "hint", id: ids.hintId, dir: "auto" }, parameter.description) : null;
  const field = () => /** @type {HTMLElement} */ (node.querySelector("input, textarea"));
  const check = () => {
    const missing = parameter.is_required && value() === null ? "Please complete this required field." : "";
    error.textContent = wrong?.() || missing;
    error.hidden = !error.textContent;
    field().setAttribute("aria-invalid", String(Boolean(error.textContent)));
    return !error.textContent;
  };
  const node = h("div", { class: parameter.type === "boolean" ? "step-flag" : "" }, label, control, error, hint);
  return { name: parameter.name, node, read: value, check, focus: () => field().focus() };
}
