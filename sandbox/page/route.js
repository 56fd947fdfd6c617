/** The address after #: who acts, and where. Decides how a reload comes back to the same place. */

import { actor } from "./store.js";

/** @import {Place} from "./types.js" */

/** @param {Place | null} place @param {string} [as] */
export function placeLink(place, as = actor()) {
  const parts = new URLSearchParams({ as });
  if (place?.kind === "channel") {
    parts.set("channel", place.id);
    if (place.thread) parts.set("thread", place.thread);
    if (place.at) parts.set("at", place.at);
  } else if (place) {
    parts.set("app", place.id);
    parts.set("tab", place.tab);
  }
  return `#${parts}`;
}

/** @returns {{as: string, place: Place | null}} what the address says now */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const channel = parts.get("channel");
  const app = parts.get("app");
  /** @type {Place | null} */
  let place = null;
  if (channel)
    place = {
      kind: "channel",
      id: channel,
      thread: parts.get("thread") || undefined,
      at: parts.get("at") || undefined,
    };
  else if (app) place = { kind: "app", id: app, tab: parts.get("tab") === "messages" ? "messages" : "home" };
  return { as: parts.get("as") || "", place };
}

/** @param {URL | Location} url @returns {Place | null} the message that a permalink leads to */
export function permalinkPlace(url) {
  const path = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  if (path) return { kind: "channel", id: path[1], at: `${path[2]}.${path[3]}` };
  const query = new URLSearchParams(url.search);
  const channel = query.get("channel");
  return channel ? { kind: "channel", id: channel, at: query.get("ts") || undefined } : null;
}

/**
 * Goes somewhere; whoever listens to `hashchange` draws it, before this returns: what is typed or pressed next never
 * lands in the place that was left. @param {Place | null} place @param {string} [as]
 */
export function goTo(place, as) {
  const link = placeLink(place, as);
  if (link === location.hash) return;
  history.pushState(null, "", link);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
