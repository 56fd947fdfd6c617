/** The `input` block: label, element, hint, and the place where an error about this field is said. */

import { h, uid } from "./dom.js";
import { element } from "./elements.js";
import { words } from "./text.js";

/** @import {Json} from "./types.js" */
/** @import {Surface} from "./surface.js" */

/** @param {Json} block @param {Surface} surface */
export function inputBlock(block, surface) {
  const ids = { label: uid("label"), hint: uid("hint"), error: uid("error"), field: uid("field") };
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const describedBy = [block.hint && ids.hint, ids.error].filter(Boolean).join(" ");
  const control = element(block.element, {
    surface,
    blockId: block.block_id,
    dispatch: Boolean(block.dispatch_action),
    labelId: ids.label,
    fieldId: ids.field,
    describedBy,
    required: !block.optional,
  });
  return h(
    "div",
    { class: "input-block" },
    h("label", { class: "label", id: ids.label, for: ids.field, dir: "auto" }, words(block.label), optional),
    control,
    h("p", { class: "field-error", id: ids.error, hidden: true }),
    block.hint ? h("p", { class: "hint", id: ids.hint, dir: "auto" }, words(block.hint)) : null,
  );
}

/**
 * Shows errors at their fields and takes away those that are over. A message for a block that is not an input
 * comes back, so that somebody else can show it.
 * @param {Element} frame @param {Record<string, string>} errors by block_id
 * @returns {{first: HTMLElement | null, homeless: string[]}} where the focus belongs, and texts without a field
 */
export function showErrors(frame, errors) {
  const left = { ...errors };
  /** @type {HTMLElement | null} */
  let first = null;
  for (const node of frame.querySelectorAll("[data-block]")) {
    const blockId = node.getAttribute("data-block") || "";
    const place = /** @type {HTMLElement | null} */ (node.querySelector(".field-error"));
    if (!place) continue;
    const text = left[blockId] || "";
    delete left[blockId];
    place.textContent = text;
    place.hidden = !text;
    node.classList.toggle("wrong", Boolean(text));
    const control = /** @type {HTMLElement | null} */ (node.querySelector("[data-field], input, textarea, [role=combobox]"));
    if (text) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    if (text && !first) first = control;
  }
  return { first, homeless: Object.values(left) };
}
