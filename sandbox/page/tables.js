/** `table` and `data_table` blocks as HTML tables. Decides how a data table is sorted and paged. */

import { h, icon, replace } from "./dom.js";
import { richText } from "./richtext.js";

/** @import {Json} from "./types.js" */

/** Slack's own when a data table does not say. */
const PAGE_ROWS = 5;

/** @param {Json} cell @returns {(Node | string)[]} */
function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  if (cell.type === "raw_number") return [cell.text ?? Number(cell.value).toLocaleString("en-US")];
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

/** @param {Json} block */
export function table(block) {
  const [first = [], ...rest] = block.rows || [];
  const settings = block.column_settings || [];
  const head = first.map((/** @type {Json} */ cell, /** @type {number} */ column) => {
    const align = settings[column]?.align || (rest[0]?.[column] && isNumber(rest[0][column]) ? "right" : "left");
    return h("th", { scope: "col", class: `align-${align}` }, content(cell));
  });
  const body = rest.map((/** @type {Json[]} */ row) => bodyRow(row, settings, -1));
  return frame(h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)), "Table");
}

/** @param {Json | undefined} cell */
function sortText(cell) {
  if (!cell) return "";
  return h("span", {}, content(cell)).textContent || "";
}

/** @param {Json[]} one @param {Json[]} other @param {number} column */
function compare(one, other, column) {
  const [a, b] = [one[column], other[column]];
  if (a && b && isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return sortText(a).localeCompare(sortText(b), "en", { numeric: true });
}

/** A table that one can sort by any column, a page at a time. */
class DataTable {
  /** @param {Json} block */
  constructor(block) {
    const [head = [], ...rows] = block.rows || [];
    this.block = block;
    this.rows = rows;
    this.size = block.page_size || PAGE_ROWS;
    this.page = 0;
    this.column = -1;
    this.descending = false;
    this.body = h("tbody");
    this.heads = head.map((/** @type {Json} */ cell, /** @type {number} */ column) => this.#head(cell, column));
    this.where = h("span", { role: "status", class: "pager-where" });
    this.back = h("button", { type: "button", class: "icon-button", "aria-label": "Previous page" }, icon("back"));
    this.next = h("button", { type: "button", class: "icon-button turned", "aria-label": "Next page" }, icon("back"));
    this.back.addEventListener("click", () => this.#turn(-1));
    this.next.addEventListener("click", () => this.#turn(1));
    const caption = block.caption || "Table";
    this.node = h(
      "div",
      { class: "data-table" },
      frame(
        h("table", {}, h("caption", { dir: "auto" }, caption), h("thead", {}, h("tr", {}, this.heads)), this.body),
        caption,
      ),
      rows.length > this.size ? h("div", { class: "pager" }, this.where, this.back, this.next) : null,
    );
    this.#draw();
  }

  /** @param {Json} cell @param {number} column */
  #head(cell, column) {
    const right = this.rows[0]?.[column] && isNumber(this.rows[0][column]);
    const button = h("button", { type: "button", class: "sort", onclick: () => this.#sort(column) }, content(cell));
    return h("th", { scope: "col", class: right ? "align-right" : "align-left" }, button);
  }

  /** @param {number} column first upwards, then downwards, then as the app sent it */
  #sort(column) {
    if (this.column !== column) [this.column, this.descending] = [column, false];
    else if (!this.descending) this.descending = true;
    else this.column = -1;
    this.page = 0;
    this.#draw();
  }

  /** @param {number} step */
  #turn(step) {
    const last = Math.ceil(this.rows.length / this.size) - 1;
    this.page = Math.max(0, Math.min(last, this.page + step));
    this.#draw();
  }

  #draw() {
    const { column, descending, page, size, rows } = this;
    const sorted = column < 0 ? rows : [...rows].sort((a, b) => compare(a, b, column) * (descending ? -1 : 1));
    const from = page * size;
    const shown = sorted.slice(from, from + size);
    const headColumn = this.block.row_header_column_index ?? 0;
    replace(
      this.body,
      shown.map((/** @type {Json[]} */ row) => bodyRow(row, [], headColumn)),
    );
    this.heads.forEach((/** @type {HTMLElement} */ head, /** @type {number} */ index) => {
      if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    this.where.textContent = `${from + 1} to ${from + shown.length} of ${rows.length}`;
    // aria-disabled keeps the focus where it is on the last page.
    this.back.setAttribute("aria-disabled", String(page === 0));
    this.next.setAttribute("aria-disabled", String(from + size >= rows.length));
  }
}

/** @param {Json} block */
export function dataTable(block) {
  return new DataTable(block).node;
}
