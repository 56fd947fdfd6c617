/** The messages of one channel or thread: which part of them is on screen. Decides scrolling and what has the focus. */

import { get } from "./api.js";
import { focusKey } from "./blocks.js";
import { DayList } from "./day-list.js";
import { h, replace } from "./dom.js";
import { drawMessage } from "./message.js";
import { editLast } from "./own-message.js";
import { outOfSight, steadily } from "./scrolling.js";
import { actor } from "./store.js";
import { nextTs } from "./time.js";
import { report } from "./toast.js";

/** @import {Message} from "./types.js" */
/** @import {Stand} from "./message.js" */
/** @import {Row} from "./day-list.js" */

const PAGE = 50;
/** No more are on screen: those farthest from what is read go, and are fetched again when somebody comes back. */
const MOST = 300;
const NEAR_END_PX = 80;
/** So near to an edge, what lies beyond it is fetched. */
const NEAR_EDGE_PX = 300;

/** @param {string} text @param {string} className @param {() => void} run */
function edgeButton(text, className, run) {
  return h("button", { type: "button", class: className, hidden: true, onclick: run }, text);
}

export class MessageList {
  /** @param {Omit<Stand, "redraw">} stand @param {string} [threadTs] */
  constructor(stand, threadTs) {
    /** @type {Stand} */
    this.stand = { ...stand, redraw: (ts) => this.#redrawn(ts) };
    this.threadTs = threadTs;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Map<string, number>} which piece of news was the last about a message: it is newer than an older answer */
    this.heard = new Map();
    this.news = 0;
    this.days = new DayList(threadTs);
    this.intro = h("div", { class: "intro" });
    this.older = edgeButton("Show earlier messages", "button older", () => this.#more("before"));
    this.newer = edgeButton("Show later messages", "button older", () => this.#more("after"));
    this.jump = edgeButton("New messages below", "jump", () => this.#toNewest());
    this.scroll = h("div", { class: "scroll" }, this.older, this.intro, this.days.node, this.newer);
    this.node = h("div", { class: "messages" }, this.scroll, this.jump);
    this.atEnd = true;
    this.firstNew = "";
    /** @type {Promise<void> | null} */
    this.fetching = null;
    this.scroll.addEventListener("scroll", () => this.#scrolled());
    // Who reads the newest message goes on reading it when a pane opens, a picture loads or a text unfolds.
    const grown = new ResizeObserver(() => this.atEnd && this.toEnd());
    grown.observe(this.scroll);
    grown.observe(this.days.node);
    this.scroll.addEventListener("keydown", (event) => this.#key(event));
    this.scroll.addEventListener("focusin", (event) =>
      this.#rove(/** @type {Element} */ (event.target).closest(".message")),
    );
  }

  /** @param {{before?: string, after?: string}} [where] @returns {Promise<{messages: Message[], has_more: boolean}>} */
  #fetch(where = {}, limit = PAGE) {
    return get("messages", { as: actor(), channel: this.stand.channel, thread_ts: this.threadTs, ...where, limit });
  }

  /** Fetches the newest messages; those only on this page stay. */
  async load() {
    const { news } = this;
    const answer = await this.#fetch();
    const isOlder = (/** @type {string} */ ts) => (this.heard.get(ts) ?? 0) > news;
    this.#dropMissing(answer.messages, isOlder);
    for (const message of answer.messages) if (!isOlder(message.ts)) this.#put(message);
    this.older.hidden = !answer.has_more;
    this.newer.hidden = true;
    this.#arrange();
    this.toEnd();
  }

  /** After a lost connection: whoever reads the newest has the newest; whoever reads far back stays there. */
  async refresh() {
    if (this.newer.hidden) await this.load();
    else await this.#around(this.#order()[0]);
  }

  /**
   * What is not among the newest is gone, or too old to stay beside them.
   * @param {Message[]} found @param {(ts: string) => boolean} isOlder whether they are, than what was heard since
   */
  #dropMissing(found, isOlder) {
    const known = new Set(found.map((message) => message.ts));
    for (const [ts, { message }] of this.rows)
      if (!known.has(ts) && !message.local && !isOlder(ts)) this.#forget(ts);
  }

  /** @param {string} ts */
  #forget(ts) {
    this.rows.get(ts)?.node.remove();
    this.rows.delete(ts);
  }

  /** @returns {string[]} */
  #order() {
    return [...this.rows.keys()].sort();
  }

  /** @param {"before" | "after"} side fetches what lies beyond an edge, and lets go of the other side's excess */
  #more(side) {
    this.fetching ||= this.#fetchBeyond(side).finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  /** @param {"before" | "after"} side */
  async #fetchBeyond(side) {
    try {
      const order = this.#order();
      const edge = side === "before" ? order[0] : order[order.length - 1];
      const answer = await this.#fetch({ [side]: edge });
      const nodes = this.#order().map((ts) => /** @type {Row} */ (this.rows.get(ts)).node);
      steadily(this.scroll, nodes, () => {
        for (const message of answer.messages) this.#put(message);
        (side === "before" ? this.older : this.newer).hidden = !answer.has_more;
        this.#trim(side === "before" ? "newest" : "oldest");
        this.#arrange();
      });
    } catch (error) {
      report(error);
    }
  }

  /** @param {"oldest" | "newest"} end of which messages go; never the one that has the focus */
  #trim(end) {
    const order = this.#order();
    const excess = order.length - MOST;
    if (excess <= 0) return;
    const going = end === "oldest" ? order.slice(0, excess) : order.slice(-excess);
    if (going.some((ts) => this.rows.get(ts)?.node.contains(document.activeElement))) return;
    for (const ts of going) this.#forget(ts);
    (end === "oldest" ? this.older : this.newer).hidden = false;
  }

  /** @param {string} ts shows the messages around one */
  async #around(ts) {
    const [earlier, later] = await Promise.all([this.#fetch({ before: nextTs(ts) }), this.#fetch({ after: ts })]);
    for (const known of this.#order()) this.#forget(known);
    for (const message of [...earlier.messages, ...later.messages]) this.#put(message);
    this.older.hidden = !earlier.has_more;
    this.newer.hidden = !later.has_more;
    this.#arrange();
  }

  /** @param {Message} message new or changed */
  upsert(message) {
    this.heard.set(message.ts, ++this.news);
    const order = this.#order();
    const isNew = !this.rows.has(message.ts);
    const beyond = !this.newer.hidden && message.ts > order[order.length - 1];
    const earlier = !this.older.hidden && message.ts < order[0];
    if (isNew && beyond) this.jump.hidden = false;
    if (isNew && (beyond || earlier)) return;
    const stick = this.atEnd;
    this.#put(message);
    if (stick) this.#trim("oldest");
    this.#arrange();
    if (stick) this.toEnd();
    else if (isNew) this.jump.hidden = false;
  }

  /** @param {string} ts */
  remove(ts) {
    this.heard.set(ts, ++this.news);
    const row = this.rows.get(ts);
    if (!row) return;
    const focused = row.node.contains(document.activeElement);
    const order = this.#order();
    const at = order.indexOf(ts);
    this.#forget(ts);
    this.#arrange();
    if (focused) (this.rows.get(order[at + 1] || order[at - 1])?.node || this.scroll).focus();
  }

  /** Draws everything again, for instance since days have other names now. */
  redraw() {
    this.days.forgetNames();
    for (const { message } of [...this.rows.values()]) this.#put(message, true);
    this.#arrange();
    if (this.atEnd) this.toEnd();
  }

  /** @param {string} ts draws a message again since the person is up to something else with it */
  #redrawn(ts) {
    const row = this.rows.get(ts);
    if (!row) return undefined;
    this.#put(row.message, true);
    this.#arrange();
    return this.rows.get(ts)?.node;
  }

  /** @param {Message} message @param {boolean} [anew] even where nothing about it changed */
  #put(message, anew = false) {
    const old = this.rows.get(message.ts);
    if (!anew && old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const node = drawMessage(message, this.stand);
    node.classList.toggle("first-new", message.ts === this.firstNew);
    this.rows.set(message.ts, { message, node });
    if (!old) return;
    const focus = focusKey(old.node);
    old.node.replaceWith(node);
    node.tabIndex = old.node.tabIndex;
    if (focus.had && !focus.restore(node)) node.focus();
  }

  #arrange() {
    const rows = this.#order().flatMap((ts) => this.rows.get(ts) || []);
    this.days.show(rows);
    if (rows.length && !rows.some(({ node }) => node.tabIndex === 0)) rows[rows.length - 1].node.tabIndex = 0;
  }

  #scrolled() {
    const { above, below } = outOfSight(this.scroll);
    this.atEnd = this.newer.hidden && below < NEAR_END_PX;
    if (this.atEnd) this.jump.hidden = true;
    if (above < NEAR_EDGE_PX && !this.older.hidden) this.#more("before");
    else if (below < NEAR_EDGE_PX && !this.newer.hidden) this.#more("after");
  }

  async #toNewest() {
    if (this.newer.hidden) this.toEnd();
    else await this.load().catch(report);
  }

  toEnd() {
    if (!this.newer.hidden) return;
    this.jump.hidden = true;
    this.atEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Draws the line above what came since the person last looked. @param {number} unread how many messages */
  markNew(unread) {
    if (!unread) return;
    const others = this.#order()
      .flatMap((ts) => this.rows.get(ts)?.message || [])
      .filter((message) => message.user !== actor() && !message.is_ephemeral);
    const first = others[Math.max(0, others.length - unread)];
    this.firstNew = first?.ts || "";
    this.rows.get(this.firstNew)?.node.classList.add("first-new");
  }

  /** @param {string} ts brings a message into view and gives it the focus, however far back it is */
  async pointAt(ts) {
    this.atEnd = false;
    if (!this.rows.has(ts)) await this.#around(ts);
    this.atEnd = false;
    this.#focus(ts);
  }

  /** @param {string | undefined} ts */
  #focus(ts, block = /** @type {ScrollLogicalPosition} */ ("center")) {
    const node = this.rows.get(ts || "")?.node;
    node?.scrollIntoView({ block });
    node?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} from where the person writes: their last message is edited instead, and then they are back there */
  async editLast(from) {
    if (!this.newer.hidden) await this.load();
    const messages = this.#order().flatMap((ts) => this.rows.get(ts)?.message || []);
    editLast(messages, this.stand, from);
  }

  /** @param {...Node} nodes what stands before the first message */
  introduce(...nodes) {
    replace(this.intro, nodes);
  }

  /** @param {Element | null} node the one message that Tab reaches */
  #rove(node) {
    if (!node) return;
    for (const row of this.rows.values()) row.node.tabIndex = row.node === node ? 0 : -1;
  }

  /** @param {KeyboardEvent} event arrow keys move between messages when a message itself has the focus */
  async #key(event) {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!active?.classList.contains("message")) return;
    const ts = active.dataset.ts || "";
    const order = this.#order();
    const at = order.indexOf(ts);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0 && !this.older.hidden) await this.#more("before");
    if (to >= order.length && !this.newer.hidden) await this.#more("after");
    const now = this.#order();
    this.#focus(now[now.indexOf(ts) + to - at], "nearest");
  }
}
