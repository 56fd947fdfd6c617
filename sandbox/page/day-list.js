/** Messages on screen in order, by day. Decides which stand together under one name; knows nothing of where they come from. */

import { h, settle } from "./dom.js";
import { authorOf } from "./store.js";
import { dayKey, dayName, fromTs } from "./time.js";

/** @import {Message} from "./types.js" */

/** @typedef {{message: Message, node: HTMLElement}} Row */

const TOGETHER_SECONDS = 300;

export class DayList {
  /** @param {string} [threadTs] the first message of the thread, where this is one */
  constructor(threadTs) {
    this.threadTs = threadTs;
    this.node = h("div", { class: "days" });
    /** @type {Map<string, HTMLElement>} */
    this.days = new Map();
  }

  /** @param {Row[]} rows in order */
  show(rows) {
    /** @type {Map<string, {date: Date, rows: Row[]}>} */
    const groups = new Map();
    for (const row of rows) {
      const date = fromTs(row.message.ts);
      const key = dayKey(date);
      if (!groups.has(key)) groups.set(key, { date, rows: [] });
      groups.get(key)?.rows.push(row);
    }
    for (const key of this.days.keys()) if (!groups.has(key)) this.days.delete(key);
    const sections = [...groups].map(([key, group]) => this.#day(key, group.date, group.rows));
    settle(this.node, sections);
    if (this.threadTs) this.#countReplies(rows);
  }

  /** Days have other names now. */
  forgetNames() {
    this.days.clear();
  }

  /** @param {string} key @param {Date} date @param {Row[]} rows */
  #day(key, date, rows) {
    let section = this.days.get(key);
    if (!section) {
      const id = `day-${this.threadTs ? "t" : "c"}-${key.replace(/\D/g, "")}`;
      section = h(
        "section",
        { class: "day", "aria-labelledby": id },
        h("h3", { class: "day-name", id }, h("span", {}, dayName(date))),
        h("div", { role: "list" }),
      );
      this.days.set(key, section);
    }
    rows.forEach(({ message, node }, index) =>
      node.classList.toggle("compact", this.#together(rows[index - 1]?.message, message)),
    );
    settle(
      /** @type {Element} */ (section.lastElementChild),
      rows.map(({ node }) => node),
    );
    return section;
  }

  /** @param {Message | undefined} one @param {Message} next whether the second needs no name of its own */
  #together(one, next) {
    if (!one || one.is_ephemeral || next.is_ephemeral || one.subtype === "tombstone") return false;
    // What a thread is about stands apart from the replies.
    if (one.ts === this.threadTs) return false;
    // What an app lays out in blocks is read as a thing of its own, such as one of several alerts.
    if (next.bot_id && next.blocks) return false;
    return authorOf(one).key === authorOf(next).key && Number(next.ts) - Number(one.ts) < TOGETHER_SECONDS;
  }

  /** The line between what a thread is about and its replies. @param {Row[]} rows */
  #countReplies(rows) {
    const replies = rows.filter(({ message }) => message.ts !== this.threadTs);
    const parent = rows.find(({ message }) => message.ts === this.threadTs)?.message;
    const count = Math.max(parent?.reply_count || 0, replies.length);
    replies.forEach(({ node }, index) => {
      if (index) delete node.dataset.replies;
      else node.dataset.replies = `${count} ${count === 1 ? "reply" : "replies"}`;
    });
  }
}
