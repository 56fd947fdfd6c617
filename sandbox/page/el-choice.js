/** Radio buttons and checkboxes, as the browser's own controls. */

import { confirmed } from "./el-button.js";
import { h, uid } from "./dom.js";
import { textNodes } from "./text.js";

/** @import {Json} from "./types.js" */
/** @import {DrawElement, Setting} from "./elements.js" */

/** @param {Json} option @param {HTMLInputElement} input */
function row(option, input) {
  input.id = uid("choice");
  const hintId = option.description ? uid("choice-hint") : null;
  if (hintId) input.setAttribute("aria-describedby", hintId);
  return h(
    "div",
    { class: "choice" },
    input,
    h(
      "div",
      {},
      h("label", { for: input.id }, textNodes(option.text)),
      hintId ? h("div", { class: "hint", id: hintId }, textNodes(option.description)) : null,
    ),
  );
}

/**
 * @param {Json} element @param {Setting} setting @param {HTMLInputElement[]} inputs @param {string} role
 */
function group(element, setting, inputs, role) {
  return h(
    "div",
    {
      class: "choices",
      role,
      "aria-labelledby": setting.labelId,
      "aria-label": setting.labelId ? null : "Choices",
      "aria-describedby": setting.describedBy,
    },
    element.options.map((/** @type {Json} */ option, /** @type {number} */ index) => row(option, inputs[index])),
  );
}

/** @type {DrawElement} */
export function radioButtons(element, setting) {
  const { surface, blockId } = setting;
  const name = uid("radio");
  const first = surface.begin(blockId, element, { selected_option: element.initial_option || null });
  let chosen = element.options.findIndex((/** @type {Json} */ option) => option.value === first.selected_option?.value);
  const inputs = element.options.map((/** @type {Json} */ _option, /** @type {number} */ index) =>
    h("input", { type: "radio", name, checked: index === chosen }),
  );
  const node = group(element, setting, inputs, "radiogroup");
  node.addEventListener("change", async () => {
    const at = inputs.findIndex((/** @type {HTMLInputElement} */ input) => input.checked);
    if (setting.dispatch && !(await confirmed(element))) {
      inputs[at].checked = false;
      if (chosen >= 0) inputs[chosen].checked = true;
      return;
    }
    chosen = at;
    const value = { selected_option: element.options[at] };
    surface.set(blockId, element, value);
    if (setting.dispatch) await surface.act(blockId, element, value, node);
  });
  return node;
}

/** @type {DrawElement} */
export function checkboxes(element, setting) {
  const { surface, blockId } = setting;
  const first = surface.begin(blockId, element, { selected_options: element.initial_options || [] });
  let chosen = new Set(first.selected_options.map((/** @type {Json} */ option) => option.value));
  const inputs = element.options.map((/** @type {Json} */ option) =>
    h("input", { type: "checkbox", checked: chosen.has(option.value) }),
  );
  const node = group(element, setting, inputs, "group");
  node.addEventListener("change", async () => {
    if (setting.dispatch && !(await confirmed(element))) {
      inputs.forEach((/** @type {HTMLInputElement} */ input, /** @type {number} */ index) => {
        input.checked = chosen.has(element.options[index].value);
      });
      return;
    }
    const options = element.options.filter(
      (/** @type {Json} */ _option, /** @type {number} */ index) => inputs[index].checked,
    );
    chosen = new Set(options.map((/** @type {Json} */ option) => option.value));
    surface.set(blockId, element, { selected_options: options });
    if (setting.dispatch) await surface.act(blockId, element, { selected_options: options }, node);
  });
  return node;
}
