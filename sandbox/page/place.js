/** Draws the place that the address names: a channel, a thread, an app. Decides where a person lands by default. */

import { avatar } from "./avatar.js";
import { leaveConversation, pointAt, showConversation, showThread, topicOf } from "./conversation.js";
import { h, icon, replace } from "./dom.js";
import { leaveHome, showApp, tabs } from "./home.js";
import { menuButton } from "./menu.js";
import { membership } from "./new-message.js";
import { openDrawer } from "./rail.js";
import { appById, appOfBot, changed, channelById, channelName, guestMark, store } from "./store.js";

/** @import {App, Channel, Place} from "./types.js" */

/** @param {string} id */
function region(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {Place | null} wanted @returns {Place | null} where to go: there, or where this person may go */
export function reachable(wanted) {
  if (wanted?.kind === "app" && appById(wanted.id)) return wanted;
  if (wanted?.kind === "channel" && channelById(wanted.id)) {
    const channel = channelById(wanted.id);
    const app = channel?.is_im ? appOfBot(channel.user) : undefined;
    return app && !wanted.thread ? { kind: "app", id: app.id, tab: "messages" } : wanted;
  }
  const rooms = store.channels.filter((channel) => !channel.is_im && channel.is_member && !channel.is_archived);
  const first = rooms.find((channel) => channel.name === "general") || rooms[0] || store.channels[0];
  return first ? { kind: "channel", id: first.id } : null;
}

/** @param {Channel} channel */
function channelMenu(channel) {
  const name = `#${channelName(channel)}`;
  const button = h("button", { type: "button", class: "icon-button", "aria-label": `More about ${name}` }, icon("more"));
  menuButton(button, () => [{ label: `Leave ${name}`, run: () => membership("leave", channel.id) }], { end: true });
  return button;
}

/** @param {Channel} channel */
function channelHead(channel) {
  const name = channelName(channel);
  const lead = channel.is_im
    ? avatar({ user: store.users.get(channel.user || "") }, "small")
    : icon(channel.is_private ? "lock" : "hash");
  const peer = store.users.get(channel.user || "");
  const members = channel.num_members
    ? `${channel.num_members} ${channel.num_members === 1 ? "member" : "members"}`
    : "";
  const note = channel.is_im
    ? [peer?.profile?.title, peer ? guestMark(peer) : ""].filter(Boolean).join(" · ")
    : [channel.shared_with?.length ? "Shared with another organization" : "", topicOf(channel)].filter(Boolean).join(" · ");
  return [
    lead,
    h("h1", { dir: "auto" }, name),
    h("p", { class: "place-note", dir: "auto" }, note),
    h("p", { class: "place-count" }, members),
    channel.is_im || !channel.is_member ? null : channelMenu(channel),
  ];
}

/** @param {App} app @param {"home" | "messages"} tab */
function appHead(app, tab) {
  return [
    avatar({ app }, "small"),
    h("h1", { dir: "auto" }, app.name),
    h("span", { class: "badge" }, "APP"),
    tabs(app, tab),
  ];
}

/** @param {string} name */
function nameWindow(name) {
  document.title = `${name} | ${store.team.name}`;
}

/** @param {Place | null} place */
function isHere(place) {
  const here = store.place;
  if (!here || !place || here.kind !== place.kind || here.id !== place.id) return false;
  return place.kind === "channel" || (here.kind === "app" && here.tab === place.tab);
}

/**
 * @param {Place | null} wanted
 * @param {boolean} [fresh] draw again even where one is already
 * @param {Element | null} [from] what had the focus when somebody chose to come here: who has gone on since is left alone
 */
export function enter(wanted, fresh = false, from = document.activeElement) {
  const place = reachable(wanted);
  const stay = !fresh && isHere(place);
  store.place = place;
  changed("channels");
  if (!stay) draw(place, from);
  else if (place?.kind === "channel") pointAt(place.at);
  showThread(region("thread"), place?.kind === "channel" ? place.thread : undefined);
  document.body.classList.toggle("thread-open", Boolean(place?.kind === "channel" && place.thread));
  openDrawer(false);
}

/** As in Slack one can write at once; but no on-screen keyboard jumps up. @param {Element | null} from */
function readyToWrite(from) {
  const now = document.activeElement;
  if (now && now !== document.body && now !== from) return;
  if (window.matchMedia("(min-width: 761px) and (hover: hover)").matches && !document.querySelector("dialog[open]")) {
    /** @type {HTMLElement | null} */ (document.querySelector("#composer textarea"))?.focus();
  }
}

/** Takes what is on screen away: what is written or pressed from now on cannot be the former person's. */
export function clearPlace() {
  leaveHome();
  leaveConversation();
  const thread = region("thread");
  thread.hidden = true;
  thread.replaceChildren();
  replace(region("place"), h("p", { class: "empty" }, "Opening…"));
}

/** @param {Place | null} place @param {Element | null} from */
function draw(place, from) {
  const head = region("place-head");
  const body = region("place");
  clearPlace();
  const channel = place?.kind === "channel" ? channelById(place.id) : undefined;
  const app = place?.kind === "app" ? appById(place.id) : undefined;
  if (channel) {
    nameWindow(channelName(channel));
    replace(head, channelHead(channel));
    showConversation(body, channel, { at: place?.kind === "channel" ? place.at : undefined });
    if (!place || place.kind !== "channel" || !place.at) readyToWrite(from);
  } else if (app && place?.kind === "app") {
    nameWindow(app.name);
    const tab = app.home_tab ? place.tab : "messages";
    replace(head, appHead(app, tab));
    body.replaceChildren();
    showApp(body, app, tab);
  } else {
    replace(head, h("h1", {}, store.team.name));
    replace(body, h("p", { class: "empty" }, "There is no channel for this person yet."));
  }
}
