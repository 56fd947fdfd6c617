/** Fields to type into. Decides when typing is told to the app and what the counter says. */

import { h, uid } from "./dom.js";
import { fromRichText, toRichText } from "./richtext.js";
import { words } from "./text.js";

/** @import {Json} from "./types.js" */
/** @import {DrawElement, Setting} from "./elements.js" */

const TYPING_PAUSE_MS = 300;

/** @type {Record<string, {type: string, mode: string | null, autocomplete: string}>} */
const KINDS = {
  plain_text_input: { type: "text", mode: null, autocomplete: "off" },
  email_text_input: { type: "email", mode: "email", autocomplete: "off" },
  url_text_input: { type: "url", mode: "url", autocomplete: "off" },
  number_input: { type: "text", mode: "decimal", autocomplete: "off" },
  rich_text_input: { type: "text", mode: null, autocomplete: "off" },
};

/** @param {Json} element @param {HTMLInputElement | HTMLTextAreaElement} input */
function counter(element, input) {
  const { min_length: min, max_length: max } = element;
  const node = h("span", { class: "counter", id: uid("counter") });
  const show = () => {
    const length = [...input.value].length;
    const near = max && length >= max - Math.max(20, max * 0.1);
    const short = min && length > 0 && length < min;
    node.textContent = short ? `${min - length} more needed` : near ? `${max - length} left` : "";
    node.classList.toggle("over", Boolean(max && length > max));
  };
  input.addEventListener("input", show);
  show();
  return node;
}

/** @param {Json} element @param {Setting} setting @param {string} value */
function field(element, setting, value) {
  const kind = KINDS[element.type];
  const shared = {
    id: setting.fieldId,
    class: "input",
    placeholder: words(element.placeholder) || null,
    "aria-labelledby": setting.labelId,
    "aria-label": setting.labelId ? null : words(element.placeholder) || "Text",
    "aria-describedby": setting.describedBy,
    "aria-required": setting.required ? "true" : null,
    autocomplete: kind.autocomplete,
    inputmode: kind.mode,
    dir: "auto",
    autofocus: element.focus_on_load,
  };
  const long = element.multiline || element.type === "rich_text_input";
  const input = long ? h("textarea", { ...shared, rows: "4" }) : h("input", { ...shared, type: kind.type });
  input.value = value;
  return input;
}

/** @param {Json} element */
function triggers(element) {
  return element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
}

/** @type {DrawElement} */
function textInput(element, setting) {
  const { surface, blockId, dispatch } = setting;
  const rich = element.type === "rich_text_input";
  const wrap = (/** @type {string} */ text) => (rich ? { rich_text_value: toRichText(text) } : { value: text || null });
  const initial = rich ? { rich_text_value: element.initial_value || null } : { value: element.initial_value ?? null };
  const first = surface.begin(blockId, element, initial);
  const input = field(element, setting, rich ? fromRichText(first.rich_text_value) : (first.value ?? ""));
  const count = element.min_length || element.max_length ? counter(element, input) : null;
  if (count) input.setAttribute("aria-describedby", `${setting.describedBy || ""} ${count.id}`.trim());
  const tell = () => surface.act(blockId, element, wrap(input.value));
  let timer = 0;
  input.addEventListener("input", () => {
    surface.set(blockId, element, wrap(input.value));
    if (!dispatch || !triggers(element).includes("on_character_entered")) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(tell, TYPING_PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const enter = /** @type {KeyboardEvent} */ (event);
    if (enter.key !== "Enter" || enter.isComposing || !(input instanceof HTMLInputElement)) return;
    // Enter in a field that reports to the app must not submit the form as well.
    if (!dispatch) return;
    event.preventDefault();
    if (triggers(element).includes("on_enter_pressed")) tell();
  });
  return h("div", { class: "text-input" }, input, count);
}

/** @type {Record<string, DrawElement>} */
export const textInputs = Object.fromEntries(Object.keys(KINDS).map((type) => [type, textInput]));
