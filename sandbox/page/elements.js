/** Finds the drawing of a Block Kit element by its type. */

import { h, uid } from "./dom.js";
import { button, feedbackButtons, iconButton, overflow } from "./el-button.js";
import { checkboxes, radioButtons } from "./el-choice.js";
import { dateInput } from "./el-date.js";
import { fileInput } from "./el-file.js";
import { selects } from "./el-select.js";
import { textInputs } from "./el-text.js";
import { picture } from "./text.js";

/** @import {Json} from "./types.js" */
/** @import {Surface} from "./surface.js" */

/**
 * @typedef {{surface: Surface, blockId: string, dispatch: boolean, labelId?: string, fieldId?: string,
 *   describedBy?: string, required?: boolean}} Setting where an element stands: `dispatch` says that each change is
 *   told to the app at once
 * @typedef {(element: Json, setting: Setting) => HTMLElement} DrawElement
 */

/** @type {Record<string, DrawElement>} */
const KINDS = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: dateInput,
  timepicker: dateInput,
  datetimepicker: dateInput,
  file_input: fileInput,
  image: (element) => picture(element, "accessory-image"),
  ...selects,
  ...textInputs,
};

/** @type {DrawElement} */
export function element(element, setting) {
  const draw = KINDS[element.type];
  if (!draw)
    return h("p", { class: "unknown" }, `This workspace cannot show an element of type “${element.type}” yet.`);
  const node = draw(element, { ...setting, fieldId: setting.fieldId || uid("field") });
  node.dataset.key = `${setting.blockId}/${element.action_id}`;
  return node;
}
