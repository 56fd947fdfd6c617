/** What stands between < and > in mrkdwn: links, people, channels, dates. Decides which links may be followed. */

import { h, icon } from "./dom.js";
import { formatDate, fromTs, fullTime } from "./time.js";
import { actor, channelById, channelName, fullName, store } from "./store.js";
import { permalinkPlace, placeLink } from "./route.js";

/** @param {string} text */
function plain(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** @param {string} url @param {string} label a link only where the address is a web or mail address */
export function safeLink(url, label) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return document.createTextNode(label);
  const own = url.startsWith(`${location.origin}/`) ? permalinkPlace(new URL(url)) : null;
  if (own) return h("a", { href: placeLink(own) }, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** @param {string} url of a file @returns {string} the same, as the acting person may open it in this workspace */
export function ownUrl(url) {
  const place = URL.canParse(url) ? new URL(url) : null;
  const own = place && place.port === location.port && place.pathname.startsWith("/files-pri/");
  return own ? `${place.pathname}?${new URLSearchParams({ as: actor() })}` : url;
}

/** @param {string} id */
export function userMention(id) {
  const user = store.users.get(id);
  const mine = store.me?.id === id ? " mention-me" : "";
  return h("span", { class: `mention${mine}` }, user ? `@${fullName(user)}` : `@${id}`);
}

/** @param {string} id @param {string} [label] */
export function channelMention(id, label) {
  const channel = channelById(id);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : [icon("lock"), "private channel"]);
  return h("a", { class: "mention", href: placeLink({ kind: "channel", id }) }, `#${channelName(channel)}`);
}

/** @param {string} id of a user group @param {string} [label] */
export function groupMention(id, label = "") {
  const group = store.usergroups.find((one) => one.id === id);
  const mine = group?.users.includes(store.me?.id || "") ? " mention-me" : "";
  return h("span", { class: `mention${mine}` }, group ? `@${group.handle}` : label || `@${id}`);
}

/** @param {number | string} seconds @param {string} format @param {string} [link] */
export function dateNode(seconds, format, link) {
  const date = fromTs(seconds);
  const time = h("time", { datetime: date.toISOString(), title: fullTime(date) }, formatDate(date, format));
  if (!link) return time;
  const anchor = safeLink(link, "");
  if (anchor instanceof Text) return time;
  anchor.appendChild(time);
  return anchor;
}

/** @param {string} body after the "!" @param {string} fallback */
function command(body, fallback) {
  if (/^(here|channel|everyone)$/.test(body)) return h("span", { class: "mention mention-me" }, `@${body}`);
  const [word, id, format, link] = body.split("^");
  if (word === "date" && Number.isFinite(Number(id)) && format) return dateNode(id, plain(format), link);
  if (word === "subteam") return groupMention(id, fallback);
  return document.createTextNode(fallback || `<!${body}>`);
}

/** @param {string} inner what stood between the angle brackets @returns {Node | null} null: not a reference */
export function special(inner) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : plain(inner.slice(bar + 1));
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return command(target.slice(1), label);
  const url = plain(target);
  return /^(https?:\/\/|mailto:|tel:)/i.test(url) ? safeLink(url, label || url.replace(/^mailto:/, "")) : null;
}
