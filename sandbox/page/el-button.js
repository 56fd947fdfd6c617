/** Buttons and overflow menus. Decides when a confirm question comes first. */

import { ask } from "./confirm.js";
import { h, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { textNodes, words } from "./text.js";

/** @import {Json} from "./types.js" */
/** @import {DrawElement} from "./elements.js" */

/** @param {Json} element @returns {Promise<boolean>} whether to go on */
export function confirmed(element) {
  const question = element.confirm;
  if (!question) return Promise.resolve(true);
  return ask({
    title: words(question.title) || "Are you sure?",
    text: textNodes(question.text),
    yes: words(question.confirm) || "Yes",
    no: words(question.deny) || "No",
    danger: question.style === "danger",
  });
}

/** @param {Json} element what a click on it sends */
function clicked(element) {
  const value = element.value === undefined ? {} : { value: element.value };
  return { ...value, text: element.text };
}

/** @type {DrawElement} */
export function button(element, { surface, blockId }) {
  const safe = /^https?:\/\//i.test(element.url || "");
  const style = element.style === "primary" || element.style === "danger" ? element.style : "";
  const node = h(
    safe ? "a" : "button",
    {
      type: safe ? null : "button",
      class: `button ${style}`,
      href: safe ? element.url : null,
      target: safe ? "_blank" : null,
      rel: safe ? "noopener noreferrer" : null,
      "aria-label": element.accessibility_label,
      dir: "auto",
    },
    words(element.text),
    safe ? icon("external") : null,
  );
  node.addEventListener("click", async (event) => {
    if (node.getAttribute("aria-busy")) return;
    if (element.confirm && safe) event.preventDefault();
    if (!(await confirmed(element))) return;
    if (element.confirm && safe) window.open(element.url, "_blank", "noopener");
    await surface.act(blockId, element, clicked(element), node);
  });
  return node;
}

/** @type {DrawElement} */
export function iconButton(element, { surface, blockId }) {
  const node = h(
    "button",
    { type: "button", class: "button", "aria-label": element.accessibility_label },
    words(element.text),
  );
  node.addEventListener("click", async () => {
    if (await confirmed(element)) await surface.act(blockId, element, clicked(element), node);
  });
  return node;
}

/** @type {DrawElement} */
export function feedbackButtons(element, { surface, blockId }) {
  const one = (/** @type {Json} */ choice) =>
    h(
      "button",
      {
        type: "button",
        class: "button small",
        "aria-label": choice.accessibility_label,
        onclick: (/** @type {Event} */ event) =>
          surface.act(
            blockId,
            element,
            { value: choice.value, text: choice.text },
            /** @type {HTMLElement} */ (event.currentTarget),
          ),
      },
      words(choice.text),
    );
  return h("div", { class: "actions" }, one(element.positive_button), one(element.negative_button));
}

/** @type {DrawElement} */
export function overflow(element, { surface, blockId }) {
  const node = h("button", { type: "button", class: "button overflow", "aria-label": "More options" }, icon("more"));
  menuButton(
    node,
    () =>
      element.options.map((/** @type {Json} */ option) => ({
        label: words(option.text),
        hint: words(option.description),
        href: /^https?:\/\//i.test(option.url || "") ? option.url : undefined,
        run: async () => {
          if (await confirmed(element)) await surface.act(blockId, element, { selected_option: option }, node);
        },
      })),
    { end: true },
  );
  return h("div", { class: "overflow-frame" }, node);
}
