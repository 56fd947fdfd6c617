/** The messages of one channel or thread: which part of them is fetched. Decides scrolling and what has the focus. */

import { get } from "./api.js";
import { DayList } from "./day-list.js";
import { h, replace } from "./dom.js";
import { MessageRows } from "./message-rows.js";
import { editLast } from "./own-message.js";
import { outOfSight, steadily } from "./scrolling.js";
import { actor } from "./store.js";
import { nextTs } from "./time.js";
import { report } from "./toast.js";

/** @import {Message} from "./types.js" */
/** @import {Stand} from "./message.js" */

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
    this.rows = new MessageRows(this.stand);
    this.days = new DayList(threadTs);
    this.intro = h("div", { class: "intro" });
    this.older = edgeButton("Show earlier messages", "button older", () => this.#more("before"));
    this.newer = edgeButton("Show later messages", "button older", () => this.#more("after"));
    this.jump = edgeButton("New messages below", "jump", () => this.#toNewest());
    this.scroll = h("div", { class: "scroll" }, this.older, this.intro, this.days.node, this.newer);
    this.node = h("div", { class: "messages" }, this.scroll, this.jump);
    this.atEnd = true;
    /** @type {Promise<void> | null} */
    this.fetching = null;
    this.scroll.addEventListener("scroll", () => this.#scrolled());
    // Who reads the newest message goes on reading it when a pane opens, a picture loads or a text unfolds.
    const grown = new ResizeObserver(() => this.atEnd && this.toEnd());
    grown.observe(this.scroll);
    grown.observe(this.days.node);
    this.scroll.addEventListener("keydown", (event) => this.#key(event));
    this.scroll.addEventListener("focusin", (event) =>
      this.rows.rove(/** @type {Element} */ (event.target).closest(".message")),
    );
  }

  /** @param {{before?: string, after?: string}} [where] @returns {Promise<{messages: Message[], has_more: boolean}>} */
  #fetch(where = {}, limit = PAGE) {
    return get("messages", { as: actor(), channel: this.stand.channel, thread_ts: this.threadTs, ...where, limit });
  }

  /** Fetches the newest messages; those only on this page stay. */
  async load() {
    const { news } = this.rows;
    const answer = await this.#fetch();
    this.rows.settle(answer.messages, news);
    this.older.hidden = !answer.has_more;
    this.newer.hidden = true;
    this.#arrange();
    this.toEnd();
  }

  /** After a lost connection: whoever reads the newest has the newest; whoever reads far back stays there. */
  async refresh() {
    if (this.newer.hidden) await this.load();
    else await this.#around(this.rows.order()[0]);
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
      const order = this.rows.order();
      const edge = side === "before" ? order[0] : order[order.length - 1];
      const answer = await this.#fetch({ [side]: edge });
      const nodes = this.rows.inOrder().map(({ node }) => node);
      steadily(this.scroll, nodes, () => {
        for (const message of answer.messages) this.rows.put(message);
        (side === "before" ? this.older : this.newer).hidden = !answer.has_more;
        this.#trim(side === "before" ? "newest" : "oldest");
        this.#arrange();
      });
    } catch (error) {
      report(error);
    }
  }

  /** @param {"oldest" | "newest"} end of which messages go, to be fetched again */
  #trim(end) {
    if (this.rows.trim(end, MOST)) (end === "oldest" ? this.older : this.newer).hidden = false;
  }

  /** @param {string} ts shows the messages around one */
  async #around(ts) {
    const [earlier, later] = await Promise.all([this.#fetch({ before: nextTs(ts) }), this.#fetch({ after: ts })]);
    for (const known of this.rows.order()) this.rows.forget(known);
    for (const message of [...earlier.messages, ...later.messages]) this.rows.put(message);
    this.older.hidden = !earlier.has_more;
    this.newer.hidden = !later.has_more;
    this.#arrange();
  }

  /** @param {Message} message new or changed */
  upsert(message) {
    this.rows.hear(message.ts);
    const order = this.rows.order();
    const isNew = !this.rows.has(message.ts);
    const beyond = !this.newer.hidden && message.ts > order[order.length - 1];
    const earlier = !this.older.hidden && message.ts < order[0];
    if (isNew && beyond) this.jump.hidden = false;
    if (isNew && (beyond || earlier)) return;
    const stick = this.atEnd;
    this.rows.put(message);
    if (stick) this.#trim("oldest");
    this.#arrange();
    if (stick) this.toEnd();
    else if (isNew) this.jump.hidden = false;
  }

  /** @param {string} ts */
  remove(ts) {
    this.rows.hear(ts);
    const node = this.rows.node(ts);
    if (!node) return;
    const focused = node.contains(document.activeElement);
    const order = this.rows.order();
    const at = order.indexOf(ts);
    this.rows.forget(ts);
    this.#arrange();
    if (focused) (this.rows.node(order[at + 1] || order[at - 1]) || this.scroll).focus();
  }

  /** Draws everything again, for instance since days have other names now. */
  redraw() {
    this.days.forgetNames();
    this.rows.redraw();
    this.#arrange();
    if (this.atEnd) this.toEnd();
  }

  /** @param {string} ts draws a message again since the person is up to something else with it */
  #redrawn(ts) {
    const row = this.rows.drawn.get(ts);
    if (!row) return undefined;
    this.rows.put(row.message, true);
    this.#arrange();
    return this.rows.node(ts);
  }

  #arrange() {
    const rows = this.rows.inOrder();
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
    if (unread) this.rows.markNew(unread);
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
    const node = this.rows.node(ts);
    node?.scrollIntoView({ block });
    node?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} from where the person writes: their last message is edited instead, and then they are back there */
  async editLast(from) {
    if (!this.newer.hidden) await this.load();
    editLast(this.rows.messages(), this.stand, from);
  }

  /** @param {...Node} nodes what stands before the first message */
  introduce(...nodes) {
    replace(this.intro, nodes);
  }

  /** @param {KeyboardEvent} event arrow keys move between messages when a message itself has the focus */
  async #key(event) {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!active?.classList.contains("message")) return;
    const ts = active.dataset.ts || "";
    const order = this.rows.order();
    const at = order.indexOf(ts);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0 && !this.older.hidden) await this.#more("before");
    if (to >= order.length && !this.newer.hidden) await this.#more("after");
    const now = this.rows.order();
    this.#focus(now[now.indexOf(ts) + to - at], "nearest");
  }
}
