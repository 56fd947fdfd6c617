/** Date, time and both, as the browser's own controls; a date with time is in the acting person's zone. */

import { confirmed } from "./el-button.js";
import { h } from "./dom.js";
import { epochToLocal, localToEpoch, zone } from "./time.js";
import { words } from "./text.js";

/** @import {DrawElement} from "./elements.js" */

/**
 * @type {Record<string, {type: string, key: string, initial: string, name: string,
 *   show: (value: any) => string, read: (text: string) => any}>}
 */
const KINDS = {
  datepicker: {
    type: "date",
    key: "selected_date",
    initial: "initial_date",
    name: "Date",
    show: (value) => value,
    read: (text) => text,
  },
  timepicker: {
    type: "time",
    key: "selected_time",
    initial: "initial_time",
    name: "Time",
    show: (value) => value,
    read: (text) => text,
  },
  datetimepicker: {
    type: "datetime-local",
    key: "selected_date_time",
    initial: "initial_date_time",
    name: "Date and time",
    show: epochToLocal,
    read: localToEpoch,
  },
};

/** @type {DrawElement} */
export function dateInput(element, setting) {
  const { surface, blockId, dispatch } = setting;
  const kind = KINDS[element.type];
  const first = surface.begin(blockId, element, { [kind.key]: element[kind.initial] ?? null });
  let last = first[kind.key] === null ? "" : kind.show(first[kind.key]);
  const input = h("input", {
    type: kind.type,
    id: setting.fieldId,
    class: "input short",
    value: last,
    "aria-labelledby": setting.labelId,
    "aria-label": setting.labelId ? null : words(element.placeholder) || kind.name,
    "aria-describedby": setting.describedBy,
    "aria-required": setting.required ? "true" : null,
    autofocus: element.focus_on_load,
    title: kind.type === "datetime-local" ? `In your time zone, ${zone()}` : null,
  });
  input.addEventListener("change", async () => {
    if (dispatch && !(await confirmed(element))) {
      input.value = last;
      return;
    }
    last = input.value;
    const value = { [kind.key]: input.value ? kind.read(input.value) : null };
    surface.set(blockId, element, value);
    if (dispatch) await surface.act(blockId, element, value, input);
  });
  return input;
}
