/** The left rail: channels, direct messages, apps, with what is unread. Decides their order; moving is the address's. */

import { avatar } from "./avatar.js";
import { h, hidden, icon } from "./dom.js";
import { placeLink } from "./route.js";
import { appOfBot, channelName, on, store } from "./store.js";
import { WindowedList } from "./windowed.js";

/** @import {App, Channel, Place} from "./types.js" */
/** @import {Row} from "./windowed.js" */

const collator = new Intl.Collator();

/** @param {Channel} a @param {Channel} b */
function byName(a, b) {
  return collator.compare(channelName(a), channelName(b));
}

/** @param {Place} place */
function isHere(place) {
  return store.place?.kind === place.kind && store.place.id === place.id;
}

/** @param {number} count */
function unreadMark(count) {
  return count
    ? h("span", { class: "unread" }, String(count), hidden(count === 1 ? " unread message" : " unread messages"))
    : null;
}

/** @param {Place} place @param {() => Node} lead @param {string} name @param {number} unread @param {string} [note] @returns {Row} */
function row(place, lead, name, unread, note = "") {
  const here = isHere(place);
  const href = placeLink(place);
  return {
    key: place.id,
    sign: JSON.stringify([href, here, name, unread, note]),
    draw: () =>
      h(
        "a",
        { href, "aria-current": here ? "page" : null, class: unread ? "rail-item has-unread" : "rail-item" },
        lead(),
        h("span", { class: "rail-name", dir: "auto" }, name),
        note ? noteMark(note) : null,
        unreadMark(unread),
      ),
  };
}

/** @param {string} note */
function noteMark(note) {
  if (note !== "connected" && note !== "not connected") return h("span", { class: "rail-note" }, note);
  return h("span", { class: `dot ${note === "connected" ? "on" : "off"}`, title: note }, hidden(` (${note})`));
}

/** @param {Channel} channel */
function channelRow(channel) {
  const lead = () =>
    channel.is_im
      ? avatar({ user: store.users.get(channel.user || "") }, "tiny")
      : icon(channel.is_private ? "lock" : "hash");
  const note = channel.is_archived ? "archived" : channel.shared_with?.length ? "shared" : "";
  return row({ kind: "channel", id: channel.id }, lead, channelName(channel), channel.unread, note);
}

/** @param {App} app @param {Map<string, Channel>} direct channels by their peer */
function appRow(app, direct) {
  const here = store.place?.kind === "app" && store.place.id === app.id ? store.place.tab : null;
  const tab = here || (app.home_tab ? "home" : "messages");
  const unread = direct.get(app.bot_user_id)?.unread || 0;
  const note = app.connected ? "connected" : "not connected";
  return row({ kind: "app", id: app.id, tab }, () => avatar({ app }, "tiny"), app.name, unread, note);
}

/** A part of the rail: its name and its list. */
class Section {
  /** @param {HTMLElement} frame @param {string} title @param {string} [empty] what stands there when nothing does */
  constructor(frame, title, empty = "") {
    const id = `rail-${title.toLowerCase().replace(/\W/g, "-")}`;
    this.list = new WindowedList(frame);
    this.empty = h("p", { class: "rail-empty", hidden: true }, empty);
    this.hasWords = Boolean(empty);
    this.node = h("section", { "aria-labelledby": id }, h("h2", { id }, title), this.list.node, this.empty);
    frame.append(this.node);
  }

  /** @param {Row[]} rows */
  show(rows) {
    this.node.hidden = !rows.length && !this.hasWords;
    this.empty.hidden = rows.length > 0;
    this.list.node.hidden = !rows.length;
    this.list.set(rows);
  }
}

/** Who picks the place where they are wants to go on there. */
function stayHere() {
  openDrawer(false);
  const writing = /** @type {HTMLElement | null} */ (document.querySelector("#composer textarea"));
  (writing || document.getElementById("place"))?.focus();
}

class Rail {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    this.joined = new Section(frame, "Channels", "No channels yet");
    this.direct = new Section(frame, "Direct messages");
    this.apps = new Section(frame, "Apps", "No app has connected yet");
    this.others = new Section(frame, "Other channels");
    this.sections = [this.joined, this.direct, this.apps, this.others];
    /** Which item Tab reaches. */
    this.current = "";
    frame.addEventListener("keydown", (event) => this.#key(event));
    frame.addEventListener("focusin", (event) => {
      this.current = /** @type {Element} */ (event.target).getAttribute("href") || this.current;
      this.#settleTab();
    });
    frame.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      if (link?.getAttribute("href") === location.hash) stayHere();
    });
    frame.addEventListener("scroll", () => requestAnimationFrame(() => this.#settleTab()));
  }

  draw() {
    const hadFocus = this.frame.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    const rooms = store.channels.filter((channel) => !channel.is_im).sort(byName);
    const joins = (/** @type {Channel} */ channel) => channel.is_member && !channel.is_archived;
    const ims = new Map(store.channels.filter((one) => one.is_im).map((one) => [one.user || "", one]));
    const people = [...ims.values()].filter((one) => !appOfBot(one.user)).sort(byName);
    this.joined.show(rooms.filter(joins).map(channelRow));
    this.direct.show(people.map(channelRow));
    this.apps.show(store.apps.map((app) => appRow(app, ims)));
    this.others.show(rooms.filter((one) => !joins(one)).map(channelRow));
    if (!hadFocus) this.current = "";
    this.#settleTab();
    if (hadFocus && document.activeElement?.getAttribute("href") !== hadFocus) this.#link(hadFocus)?.focus();
  }

  /** @param {string} href @returns {HTMLElement | null} */
  #link(href) {
    return this.frame.querySelector(`[href="${CSS.escape(href)}"]`);
  }

  /** One Tab stop: where the focus was last, else the current place, else the first. */
  #settleTab() {
    const items = /** @type {HTMLElement[]} */ ([...this.frame.querySelectorAll(".rail-item")]);
    const stop =
      items.find((item) => item.getAttribute("href") === this.current) ||
      items.find((item) => item.getAttribute("aria-current")) ||
      items[0];
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  }

  /** @param {KeyboardEvent} event arrow keys go through all lists as one, drawn or not */
  #key(event) {
    const item = document.activeElement?.closest("li");
    const all = this.sections.flatMap(({ list }) => list.rows.map((_row, index) => ({ list, index })));
    const at = all.findIndex(({ list, index }) => list.drawn.get(list.rows[index].key)?.node === item);
    if (!item || at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    const next = all[to].list.reveal(all[to].index);
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector(".rail-item"))?.focus();
  }
}

/** @param {HTMLElement} frame the navigation landmark; it redraws by itself */
export function startRail(frame) {
  const rail = new Rail(frame);
  // Many messages at once may change it many times: it is drawn once a frame.
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      rail.draw();
    });
  };
  for (const what of /** @type {const} */ (["channels", "apps", "people"])) on(what, later);
}

/** The drawer of narrow windows. @param {boolean} open */
export function openDrawer(open) {
  const rail = document.getElementById("rail");
  const narrow = window.matchMedia("(max-width: 760px)").matches;
  document.body.classList.toggle("drawer-open", open && narrow);
  document.getElementById("open-rail")?.setAttribute("aria-expanded", String(open && narrow));
  if (rail) rail.inert = narrow && !open;
  const main = document.getElementById("main");
  if (main) main.inert = narrow && open;
  if (narrow && open) /** @type {HTMLElement | null} */ (rail?.querySelector("button"))?.focus();
}
