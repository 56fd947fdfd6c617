/** A long list of which only what is near the sight is drawn. All rows are of one height; the focused one always stays. */

import { h, settle } from "./dom.js";

/** @typedef {{key: string, sign: string, draw: () => HTMLElement}} Row `sign` says what the row looks like: a row is
 *   drawn again only when it changes */

/** So many rows beyond either edge are drawn too, for quick scrolling and for the arrow keys. */
const MARGIN = 12;
/** Shorter lists are drawn as a whole. */
const SHORT = 80;
const USUAL_HEIGHT = 30;

export class WindowedList {
  /** @param {HTMLElement} scroller what scrolls @param {string} [className] */
  constructor(scroller, className = "") {
    this.scroller = scroller;
    this.node = h("ul", { class: `windowed ${className}` });
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Map<string, {sign: string, node: HTMLElement}>} */
    this.drawn = new Map();
    this.height = USUAL_HEIGHT;
    let waiting = false;
    scroller.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    });
    new ResizeObserver(() => this.draw()).observe(scroller);
  }

  /** @param {Row[]} rows */
  set(rows) {
    this.rows = rows;
    this.draw();
  }

  /** @returns {[number, number]} the first row that is drawn, and the one after the last */
  range() {
    const { rows, node, scroller, height } = this;
    if (rows.length <= SHORT || !node.isConnected) return [0, Math.min(rows.length, SHORT)];
    const top = scroller.getBoundingClientRect().top - node.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - MARGIN);
    return [first, Math.min(rows.length, Math.ceil((top + scroller.clientHeight) / height) + MARGIN)];
  }

  draw() {
    const [first, end] = this.range();
    const focused = this.node.contains(document.activeElement) ? document.activeElement : null;
    /** @type {Map<string, {sign: string, node: HTMLElement}>} */
    const kept = new Map();
    const nodes = this.rows.flatMap((row, index) => {
      const old = this.drawn.get(row.key);
      if ((index < first || index >= end) && !(old && old.node.contains(focused))) return [];
      const node = old?.sign === row.sign ? old.node : this.#place(row);
      node.style.insetBlockStart = `${index * this.height}px`;
      node.setAttribute("aria-posinset", String(index + 1));
      node.setAttribute("aria-setsize", String(this.rows.length));
      kept.set(row.key, { sign: row.sign, node });
      return [node];
    });
    this.drawn = kept;
    this.node.style.height = `${this.rows.length * this.height}px`;
    const children = [...this.node.children];
    if (children.length !== nodes.length || nodes.some((node, index) => node !== children[index])) settle(this.node, nodes);
    this.#measure();
  }

  /** @param {Row} row */
  #place(row) {
    return h("li", {}, row.draw());
  }

  /** Rows may be higher than usual, such as with larger letters. */
  #measure() {
    const height = this.node.firstElementChild?.firstElementChild?.getBoundingClientRect().height || 0;
    if (!height || Math.abs(height - this.height) < 0.5) return;
    this.height = height;
    this.draw();
  }

  /** @param {number} index brings a row into sight and answers it */
  reveal(index) {
    const { scroller, node, height } = this;
    const top = node.getBoundingClientRect().top - scroller.getBoundingClientRect().top + index * height;
    if (top < 0) scroller.scrollTop += top - height;
    else if (top + height > scroller.clientHeight) scroller.scrollTop += top + height * 2 - scroller.clientHeight;
    this.draw();
    return this.drawn.get(this.rows[index]?.key)?.node;
  }
}
