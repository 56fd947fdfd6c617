/** The messages of one channel or thread, in order, by day. Decides grouping, scrolling and which one has the focus. */

import { get } from "./api.js";
import { focusKey } from "./blocks.js";
import { h, replace } from "./dom.js";
import { drawMessage } from "./message.js";
import { actor, authorOf } from "./store.js";
import { dayKey, dayName, fromTs } from "./time.js";

/** @import {Message} from "./types.js" */
/** @import {Stand} from "./message.js" */

const PAGE = 50;
/** Whoever reads at the end needs no more than these; older ones are fetched again when they are asked for. */
const MOST_AT_END = 300;
/** How far back a link to a message is followed, and in which steps. */
const PAGES_BACK = 25;
const PAGE_BACK = 200;
const TOGETHER_SECONDS = 300;
const NEAR_END_PX = 80;

export class MessageList {
  /** @param {Stand} stand @param {string} [threadTs] */
  constructor(stand, threadTs) {
    this.stand = stand;
    this.threadTs = threadTs;
    /** @type {Map<string, {message: Message, node: HTMLElement}>} */
    this.rows = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.days = new Map();
    /** @type {Map<string, number>} when a message was last heard of, in pieces of news: newer than an older answer */
    this.heard = new Map();
    this.news = 0;
    this.intro = h("div", { class: "intro" });
    this.older = h(
      "button",
      { type: "button", class: "button older", hidden: true, onclick: () => this.load(true) },
      "Show earlier messages",
    );
    this.content = h("div", { class: "days" });
    this.jump = h(
      "button",
      { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd() },
      "New messages below",
    );
    this.scroll = h("div", { class: "scroll" }, this.older, this.intro, this.content);
    this.node = h("div", { class: "messages" }, this.scroll, this.jump);
    this.atEnd = true;
    this.scroll.addEventListener("scroll", () => {
      this.atEnd = this.#nearEnd();
      if (this.atEnd) this.jump.hidden = true;
    });
    // Who reads the newest message goes on reading it when a pane opens, a picture loads or a text unfolds.
    const grown = new ResizeObserver(() => this.atEnd && this.toEnd());
    grown.observe(this.scroll);
    grown.observe(this.content);
    this.scroll.addEventListener("keydown", (event) => this.#key(event));
    this.scroll.addEventListener("focusin", (event) =>
      this.#rove(/** @type {Element} */ (event.target).closest(".message")),
    );
  }

  /** Fetches the newest messages, or a page before the oldest known. @param {boolean} [earlier] @param {number} [limit] */
  async load(earlier = false, limit = PAGE) {
    const before = earlier ? [...this.rows.keys()].sort()[0] : undefined;
    const height = this.scroll.scrollHeight;
    const { news } = this;
    const answer = await get("messages", {
      as: actor(),
      channel: this.stand.channel,
      thread_ts: this.threadTs,
      before,
      limit,
    });
    const known = new Set(answer.messages.map((/** @type {Message} */ message) => message.ts));
    const isOlder = (/** @type {string} */ ts) => (this.heard.get(ts) ?? 0) > news;
    if (!earlier) this.#dropMissing(known, isOlder);
    for (const message of answer.messages) if (!isOlder(message.ts)) this.#put(message);
    this.older.hidden = !answer.has_more;
    this.#arrange();
    if (earlier) this.scroll.scrollTop += this.scroll.scrollHeight - height;
    else this.toEnd();
  }

  /**
   * After a lost connection, messages may be gone; those only on this page stay.
   * @param {Set<string>} known @param {(ts: string) => boolean} isOlder whether the answer is, than what was heard since
   */
  #dropMissing(known, isOlder) {
    const oldest = [...known].sort()[0] || "";
    for (const [ts, { message, node }] of this.rows) {
      if (known.has(ts) || message.local || ts < oldest || isOlder(ts)) continue;
      node.remove();
      this.rows.delete(ts);
    }
  }

  /** @param {Message} message new or changed */
  upsert(message) {
    const stick = this.atEnd;
    const isNew = !this.rows.has(message.ts);
    this.heard.set(message.ts, ++this.news);
    this.#put(message);
    if (stick) this.#forgetOldest();
    this.#arrange();
    if (stick) this.toEnd();
    else if (isNew) this.jump.hidden = false;
  }

  #forgetOldest() {
    if (this.rows.size <= MOST_AT_END) return;
    const oldest = [...this.rows.keys()].sort().slice(0, this.rows.size - MOST_AT_END + PAGE);
    for (const ts of oldest) {
      this.rows.get(ts)?.node.remove();
      this.rows.delete(ts);
    }
    this.older.hidden = false;
  }

  /** @param {string} ts */
  remove(ts) {
    this.heard.set(ts, ++this.news);
    const row = this.rows.get(ts);
    if (!row) return;
    row.node.remove();
    this.rows.delete(ts);
    this.#arrange();
  }

  /** Draws everything again, for instance since days have other names now. */
  redraw() {
    this.days.clear();
    for (const { message } of [...this.rows.values()]) this.#put(message, true);
    this.#arrange();
    if (this.atEnd) this.toEnd();
  }

  /** @param {Message} message @param {boolean} [anew] even where nothing about it changed */
  #put(message, anew = false) {
    const old = this.rows.get(message.ts);
    if (!anew && old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const node = drawMessage(message, this.stand);
    this.rows.set(message.ts, { message, node });
    if (!old) return;
    const focus = focusKey(old.node);
    old.node.replaceWith(node);
    node.tabIndex = old.node.tabIndex;
    if (focus.had && !focus.restore(node)) node.focus();
  }

  #arrange() {
    const rows = [...this.rows.values()].sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
    /** @type {Map<string, {date: Date, rows: typeof rows}>} */
    const groups = new Map();
    for (const row of rows) {
      const date = fromTs(row.message.ts);
      const key = dayKey(date);
      if (!groups.has(key)) groups.set(key, { date, rows: [] });
      groups.get(key)?.rows.push(row);
    }
    const sections = [...groups].map(([key, group]) => this.#day(key, group.date, group.rows));
    settle(this.content, sections);
    if (rows.length && !rows.some(({ node }) => node.tabIndex === 0)) rows[rows.length - 1].node.tabIndex = 0;
  }

  /** @param {string} key @param {Date} date @param {{message: Message, node: HTMLElement}[]} rows */
  #day(key, date, rows) {
    let section = this.days.get(key);
    if (!section) {
      const id = `day-${this.stand.inThread ? "t" : "c"}-${key.replace(/\D/g, "")}`;
      section = h(
        "section",
        { class: "day", "aria-labelledby": id },
        h("h3", { class: "day-name", id }, h("span", {}, dayName(date))),
        h("div", { role: "list" }),
      );
      this.days.set(key, section);
    }
    rows.forEach(({ message, node }, index) =>
      node.classList.toggle("compact", together(rows[index - 1]?.message, message)),
    );
    settle(
      /** @type {Element} */ (section.lastElementChild),
      rows.map(({ node }) => node),
    );
    return section;
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.jump.hidden = true;
    this.atEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Draws the line above what came since the person last looked. @param {number} unread how many messages */
  markNew(unread) {
    const others = [...this.rows.values()]
      .map(({ message }) => message)
      .filter((message) => message.user !== actor() && !message.is_ephemeral)
      .sort((a, b) => (a.ts < b.ts ? -1 : 1));
    const first = unread ? others[others.length - unread] : undefined;
    if (first) this.rows.get(first.ts)?.node.classList.add("first-new");
  }

  /** @param {string} ts brings a message into view and gives it the focus, however far back it is */
  async pointAt(ts) {
    this.atEnd = false;
    for (let page = 0; page < PAGES_BACK && !this.rows.has(ts) && !this.older.hidden; page++)
      await this.load(true, PAGE_BACK);
    const node = this.rows.get(ts)?.node;
    node?.scrollIntoView({ block: "center" });
    node?.focus();
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
  #key(event) {
    const active = document.activeElement;
    if (!active?.classList.contains("message")) return;
    const nodes = /** @type {HTMLElement[]} */ ([...this.content.querySelectorAll(".message")]);
    const at = nodes.indexOf(/** @type {HTMLElement} */ (active));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
    if (to === undefined || !nodes[to]) return;
    event.preventDefault();
    nodes[to].focus();
    nodes[to].scrollIntoView({ block: "nearest" });
  }
}

/** @param {Element} parent @param {Element[]} nodes brings children into this order, moving as few as can be */
function settle(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] || null);
  });
}

/** @param {Message | undefined} one @param {Message} next whether the second needs no name of its own */
function together(one, next) {
  if (!one || one.is_ephemeral || next.is_ephemeral) return false;
  // What an app lays out in blocks is read as a thing of its own, such as one of several alerts.
  if (next.bot_id && next.blocks) return false;
  return authorOf(one).key === authorOf(next).key && Number(next.ts) - Number(one.ts) < TOGETHER_SECONDS;
}
