/** Faces without pictures: initials on a colour that stays the same for a person. */

import { h } from "./dom.js";
import { fullName } from "./store.js";

/** @import {User, App} from "./types.js" */

const COLOURS = 10;

/** @param {string} text */
function hash(text) {
  let sum = 0;
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) || 0)) % 9973;
  return sum;
}

/** @param {string} name */
function initials(name) {
  const parts = name
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .trim()
    .split(/\s+/);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : [parts[0] || "?"];
  return letters
    .map((part) => [...part][0] || "")
    .join("")
    .toLocaleUpperCase();
}

/**
 * @param {{user?: User | null, app?: App, name?: string}} who
 * @param {"tiny" | "small" | "normal"} [size]
 */
export function avatar(who, size = "normal") {
  const name = who.app ? who.app.name : who.name || fullName(who.user);
  const key = who.app?.id || who.user?.id || name;
  const shape = who.app ? " app" : "";
  return h(
    "span",
    { class: `avatar ${size} tone-${hash(key) % COLOURS}${shape}`, "aria-hidden": "true" },
    initials(name),
  );
}
