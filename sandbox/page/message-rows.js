/** The messages that are drawn, each once, by their time. Decides which is newer of two answers about a message. */

import { focusKey } from "./blocks.js";
import { drawMessage } from "./message.js";
import { actor } from "./store.js";

/** @import {Message} from "./types.js" */
/** @import {Stand} from "./message.js" */
/** @import {Row} from "./day-list.js" */

export class MessageRows {
  /** @param {Stand} stand where the messages are shown */
  constructor(stand) {
    this.stand = stand;
    /** @type {Map<string, Row>} */
    this.drawn = new Map();
    /** @type {Map<string, number>} which piece of news was the last about a message: it is newer than an older answer */
    this.heard = new Map();
    this.news = 0;
    this.firstNew = "";
  }

  /** @param {string} ts */
  has(ts) {
    return this.drawn.has(ts);
  }

  /** @param {string | undefined} ts */
  node(ts) {
    return this.drawn.get(ts || "")?.node;
  }

  /** @returns {string[]} the times of all, oldest first */
  order() {
    return [...this.drawn.keys()].sort();
  }

  /** @returns {Row[]} oldest first */
  inOrder() {
    return this.order().flatMap((ts) => this.drawn.get(ts) || []);
  }

  /** @returns {Message[]} oldest first */
  messages() {
    return this.inOrder().map(({ message }) => message);
  }

  /** @param {string} ts something is known of a message now that no answer to an earlier question knows */
  hear(ts) {
    this.heard.set(ts, ++this.news);
  }

  /**
   * What was asked for when `news` was the latest: what is not in it is gone, or too old to stay beside it, but for
   * what is only on this page; what was heard since stays as it is.
   * @param {Message[]} found @param {number} news
   */
  settle(found, news) {
    const isOlder = (/** @type {string} */ ts) => (this.heard.get(ts) ?? 0) > news;
    const known = new Set(found.map((message) => message.ts));
    for (const [ts, { message }] of this.drawn)
      if (!known.has(ts) && !message.local && !isOlder(ts)) this.forget(ts);
    for (const message of found) if (!isOlder(message.ts)) this.put(message);
  }

  /** @param {string} ts */
  forget(ts) {
    this.drawn.get(ts)?.node.remove();
    this.drawn.delete(ts);
  }

  /** @param {Message} message @param {boolean} [anew] even where nothing about it changed */
  put(message, anew = false) {
    const old = this.drawn.get(message.ts);
    if (!anew && old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const node = drawMessage(message, this.stand);
    node.classList.toggle("first-new", message.ts === this.firstNew);
    this.drawn.set(message.ts, { message, node });
    if (!old) return;
    const focus = focusKey(old.node);
    old.node.replaceWith(node);
    node.tabIndex = old.node.tabIndex;
    if (focus.had && !focus.restore(node)) node.focus();
  }

  /** Draws every message again. */
  redraw() {
    for (const { message } of [...this.drawn.values()]) this.put(message, true);
  }

  /** @param {"oldest" | "newest"} end of which messages go beyond so many; never the one that has the focus
   * @param {number} most @returns {boolean} whether some went */
  trim(end, most) {
    const order = this.order();
    const excess = order.length - most;
    if (excess <= 0) return false;
    const going = end === "oldest" ? order.slice(0, excess) : order.slice(-excess);
    if (going.some((ts) => this.node(ts)?.contains(document.activeElement))) return false;
    for (const ts of going) this.forget(ts);
    return true;
  }

  /** Draws the line above what came since the person last looked. @param {number} unread how many messages */
  markNew(unread) {
    const others = this.messages().filter((message) => message.user !== actor() && !message.is_ephemeral);
    const first = others[Math.max(0, others.length - unread)];
    this.firstNew = first?.ts || "";
    this.node(this.firstNew)?.classList.add("first-new");
  }

  /** @param {Element | null} node the one message that Tab reaches */
  rove(node) {
    if (!node) return;
    for (const row of this.drawn.values()) row.node.tabIndex = row.node === node ? 0 : -1;
  }
}
