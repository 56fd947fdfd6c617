/** `table` and `data_table` blocks as HTML tables. */

import { h } from "./dom.js";
import { richText } from "./richtext.js";

/** @import {Json} from "./types.js" */

/** @param {Json} cell @returns {(Node | string)[]} */
function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  if (cell.type === "raw_number") return [Number(cell.value ?? cell.number ?? cell.text).toLocaleString("en-US")];
  return [String(cell.text ?? "")];
}

/** @param {Json} cell */
function isNumber(cell) {
  return cell.type === "raw_number";
}

/** @param {Node} inner @param {string} label a frame that scrolls sideways by keyboard as well */
function frame(inner, label) {
  return h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": label }, inner);
}

/** @param {Json[]} row @param {Json[]} settings @param {number} headColumn -1 for none */
function bodyRow(row, settings, headColumn) {
  return h(
    "tr",
    {},
    row.map((cell, column) => {
      const align = settings[column]?.align || (isNumber(cell) ? "right" : "left");
      const head = column === headColumn;
      return h(head ? "th" : "td", { class: `align-${align}`, scope: head ? "row" : null, dir: "auto" }, content(cell));
    }),
  );
}

/** @param {Json} block @param {number} headColumn @param {Node | null} caption */
function htmlTable(block, headColumn, caption) {
  const [first = [], ...rest] = block.rows || [];
  const settings = block.column_settings || [];
  const head = first.map((/** @type {Json} */ cell, /** @type {number} */ column) => {
    const align = settings[column]?.align || (rest[0]?.[column] && isNumber(rest[0][column]) ? "right" : "left");
    return h("th", { scope: "col", class: `align-${align}` }, content(cell));
  });
  return h(
    "table",
    {},
    caption,
    h("thead", {}, h("tr", {}, head)),
    h(
      "tbody",
      {},
      rest.map((/** @type {Json[]} */ row) => bodyRow(row, settings, headColumn)),
    ),
  );
}

/** @param {Json} block */
export function table(block) {
  return frame(htmlTable(block, -1, null), "Table");
}

/** @param {Json} block */
export function dataTable(block) {
  const caption = h("caption", {}, block.caption || "");
  return frame(htmlTable(block, block.row_header_column_index ?? 0, caption), block.caption || "Table");
}
