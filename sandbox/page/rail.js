/** The left rail: channels, direct messages, apps, with what is unread. Decides their order; moving is the address's. */

import { avatar } from "./avatar.js";
import { h, hidden, icon, replace } from "./dom.js";
import { placeLink } from "./route.js";
import { roving, settleRoving } from "./roving.js";
import { appOfBot, channelName, on, store } from "./store.js";

/** @import {App, Channel, Place} from "./types.js" */

/** @param {Channel} a @param {Channel} b */
function byName(a, b) {
  return channelName(a).localeCompare(channelName(b));
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

/** @param {Place} place @param {Node} lead @param {string} name @param {number} unread @param {(Node | null)[]} more */
function item(place, lead, name, unread, ...more) {
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: placeLink(place),
        "aria-current": isHere(place) ? "page" : null,
        class: unread ? "rail-item has-unread" : "rail-item",
      },
      lead,
      h("span", { class: "rail-name", dir: "auto" }, name),
      more,
      unreadMark(unread),
    ),
  );
}

/** @param {Channel} channel */
function channelItem(channel) {
  const lead = channel.is_im
    ? avatar({ user: store.users.get(channel.user || "") }, "tiny")
    : icon(channel.is_private ? "lock" : "hash");
  const closed = channel.is_archived ? h("span", { class: "rail-note" }, "archived") : null;
  return item({ kind: "channel", id: channel.id }, lead, channelName(channel), channel.unread, closed);
}

/** @param {App} app */
function appItem(app) {
  const im = store.channels.find((channel) => channel.is_im && channel.user === app.bot_user_id);
  const here = store.place?.kind === "app" && store.place.id === app.id ? store.place.tab : null;
  const tab = here || (app.home_tab ? "home" : "messages");
  const state = app.connected ? "connected" : "not connected";
  const dot = h("span", { class: `dot ${app.connected ? "on" : "off"}`, title: state }, hidden(` (${state})`));
  return item({ kind: "app", id: app.id, tab }, avatar({ app }, "tiny"), app.name, im?.unread || 0, dot);
}

/** @param {string} title @param {HTMLElement[]} items @param {string} [empty] */
function section(title, items, empty = "") {
  if (!items.length && !empty) return null;
  const id = `rail-${title.toLowerCase().replace(/\W/g, "-")}`;
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, title),
    items.length ? h("ul", {}, items) : h("p", { class: "rail-empty" }, empty),
  );
}

/** @param {HTMLElement} frame */
function draw(frame) {
  const hadFocus = frame.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  const rooms = store.channels.filter((channel) => !channel.is_im).sort(byName);
  const joined = rooms.filter((channel) => channel.is_member && !channel.is_archived);
  const others = rooms.filter((channel) => !channel.is_member || channel.is_archived);
  const direct = store.channels.filter((channel) => channel.is_im && !appOfBot(channel.user)).sort(byName);
  replace(
    frame,
    section("Channels", joined.map(channelItem), "No channels yet"),
    section("Direct messages", direct.map(channelItem)),
    section("Apps", store.apps.map(appItem), "No app has connected yet"),
    section("Other channels", others.map(channelItem)),
  );
  settleRoving(frame, ".rail-item");
  if (hadFocus) /** @type {HTMLElement | null} */ (frame.querySelector(`[href="${CSS.escape(hadFocus)}"]`))?.focus();
}

/** @param {HTMLElement} frame the navigation landmark; it redraws by itself */
export function startRail(frame) {
  roving(frame, ".rail-item");
  // Many messages at once may change it many times: it is drawn once a frame.
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw(frame);
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
