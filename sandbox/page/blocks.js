/** Draws a list of Block Kit blocks. Decides what a block looks like; a block it does not know is named in view. */

import { fileCard, videoCard } from "./attachments.js";
import { dataVisualization } from "./charts.js";
import { h, settle, uid } from "./dom.js";
import { element } from "./elements.js";
import { inputBlock } from "./input-block.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { picture, textNodes, words } from "./text.js";
import { dataTable, table } from "./tables.js";

/** @import {Json} from "./types.js" */
/** @import {Surface} from "./surface.js" */

/** @typedef {(block: Json, surface: Surface) => Node} Draw */

/** @param {string} type the visible note about a block that cannot be drawn */
function unknown(type) {
  return h("p", { class: "unknown" }, `This workspace cannot show a block of type “${type}” yet.`);
}

/** @type {Draw} */
function section(block, surface) {
  const labelId = uid("section");
  const text = block.text ? h("div", { class: "section-text", id: labelId }, textNodes(block.text)) : null;
  const fields = block.fields?.length
    ? h(
        "div",
        { class: "fields" },
        block.fields.map((/** @type {Json} */ field) => h("div", {}, textNodes(field))),
      )
    : null;
  const accessory = block.accessory
    ? h(
        "div",
        { class: "accessory" },
        element(block.accessory, { surface, blockId: block.block_id, dispatch: true, labelId }),
      )
    : null;
  return h("div", { class: "section" }, h("div", { class: "section-main" }, text, fields), accessory);
}

/** @type {Draw} */
function context(block) {
  const parts = (block.elements || []).map((/** @type {Json} */ part) =>
    part.type === "image" ? picture(part, "context-image") : h("div", {}, textNodes(part)),
  );
  return h("div", { class: "context" }, parts);
}

/** @type {Draw} */
function actions(block, surface) {
  const parts = (block.elements || []).map((/** @type {Json} */ part) =>
    element(part, { surface, blockId: block.block_id, dispatch: true }),
  );
  return h("div", { class: "actions" }, parts);
}

/** @type {Draw} */
function image(block) {
  const title = block.title ? h("figcaption", {}, words(block.title)) : null;
  return h("figure", { class: "image" }, title, picture(block));
}

/** @type {Draw} */
function alert(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  const role = level === "error" || level === "warning" ? "alert" : "note";
  return h("div", { class: `alert ${level}`, role }, textNodes(block.text));
}

/** @type {Draw} */
function card(block, surface) {
  const head = h(
    "div",
    { class: "card-head" },
    block.icon ? picture(block.icon, "card-icon") : null,
    h(
      "div",
      {},
      block.title ? h("div", { class: "card-title" }, textNodes(block.title)) : null,
      block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle)) : null,
    ),
  );
  return h(
    "div",
    { class: "card" },
    block.hero_image ? picture(block.hero_image, "card-hero") : null,
    h(
      "div",
      { class: "card-body" },
      head,
      textNodes(block.body),
      block.actions?.length ? actions({ ...block, elements: block.actions }, surface) : null,
    ),
  );
}

/** @type {Draw} */
function container(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : words(block.title);
  const head = h(
    "div",
    { class: "card-head" },
    block.icon ? picture(block.icon, "card-icon") : null,
    h(
      "div",
      {},
      h("div", { class: "card-title" }, title),
      block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle)) : null,
    ),
  );
  const body = h(
    "div",
    { class: "blocks" },
    (block.child_blocks || []).map((/** @type {Json} */ child) => drawBlock(child, surface)),
  );
  if (!block.is_collapsible) return h("div", { class: "container" }, head, body);
  return h("details", { class: "container", open: !block.default_collapsed }, h("summary", {}, head), body);
}

/** @type {Record<string, Draw>} */
const KINDS = {
  container,
  context_actions: actions,
  section,
  context,
  actions,
  image,
  alert,
  card,
  carousel: (block, surface) =>
    h(
      "div",
      { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" },
      (block.elements || []).map((/** @type {Json} */ one) => card(one, surface)),
    ),
  header: (block) => h("div", { class: "header", role: "heading", "aria-level": "3", dir: "auto" }, words(block.text)),
  divider: () => h("hr"),
  input: inputBlock,
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text || "")),
  rich_text: (block) => h("div", { class: "rich-text" }, richText(block)),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  file: (block) => fileCard({ title: block.external_id, ...block.file }),
  video: videoCard,
};

/** @param {Json} block @param {Surface} surface @returns {HTMLElement} */
export function drawBlock(block, surface) {
  const draw = KINDS[block.type];
  return h(
    "div",
    { class: `block block-${block.type}`, "data-block": block.block_id },
    draw ? draw(block, surface) : unknown(block.type),
  );
}

/** @type {WeakMap<Element, string>} what each drawn block was drawn from */
const drawnFrom = new WeakMap();

/**
 * Shows the blocks in `frame`. A block that did not change keeps its nodes, so that what is typed, the cursor and
 * the focus stay; values of blocks that are gone are forgotten.
 * @param {Element} frame @param {Json[]} blocks @param {Surface} surface
 */
export function showBlocks(frame, blocks, surface) {
  const old = new Map([...frame.children].map((node) => [drawnFrom.get(node) || "", node]));
  const focused = focusKey(frame);
  const at = [...frame.children].findIndex((node) => node.contains(document.activeElement));
  surface.keepOnly(new Set(blocks.map((block) => block.block_id)));
  const nodes = blocks.map((block) => {
    const source = JSON.stringify(block);
    const kept = old.get(source);
    old.delete(source);
    const node = kept || drawBlock(block, surface);
    drawnFrom.set(node, source);
    return node;
  });
  // What stays is not moved: a press that has begun on it is not lost.
  settle(frame, nodes);
  if (focused.had && !focused.restore()) nearest(frame, nodes, at)?.focus();
}

/**
 * What had the focus is gone: the next thing after it has it now, else one before it, else the whole.
 * @param {Element} frame @param {Element[]} nodes @param {number} at where it stood
 */
function nearest(frame, nodes, at) {
  const order = [...nodes.slice(Math.max(0, at)), ...nodes.slice(0, Math.max(0, at)).reverse()];
  const found = order.map(focusable).find(Boolean);
  return found || /** @type {HTMLElement | null} */ (frame.closest("[tabindex]")) || focusable(frame.closest("form"));
}

/** Remembers which element has the focus, by its ids, so that a redrawn one can have it back. @param {Element} frame */
export function focusKey(frame) {
  const active = frame.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const key = active?.closest("[data-key]")?.getAttribute("data-key");
  const text = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : null;
  // Kinds of input without a cursor answer null.
  const selection = text && text.selectionStart !== null ? [text.selectionStart, text.selectionEnd] : null;
  return {
    had: Boolean(active),
    /** @param {Element} [root] what stands in its place now */
    restore(root = frame) {
      if (!active || (active.isConnected && document.activeElement === active)) return true;
      const target = active.isConnected
        ? active
        : key && focusable(root.querySelector(`[data-key="${CSS.escape(key)}"]`));
      if (!target) return false;
      target.focus();
      if (
        selection &&
        target !== active &&
        (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      ) {
        target.setSelectionRange(selection[0], selection[1]);
      }
      return true;
    },
  };
}

/** @param {Element | null} root @returns {HTMLElement | null} the first control in it */
export function focusable(root) {
  if (!root) return null;
  const selector = "input:not([disabled], [hidden]), textarea, button:not([disabled]), a[href]";
  return /** @type {HTMLElement | null} */ (root.matches(selector) ? root : root.querySelector(selector));
}
