/** Times as the acting person reads them: in their own zone. Decides wording of days, not what day it should be. */

import { store } from "./store.js";

const LOCALE = "en-US";
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** How far the workspace's calendar is ahead of this machine's, in ms. */
let ahead = 0;

/** @returns {Date} what time it is in the workspace */
export function now() {
  return new Date(Date.now() + ahead);
}

/** @param {Date} date what the sandbox says that it is now */
export function setNow(date) {
  ahead = date.getTime() - Date.now();
}

/** @returns {string} the acting person's zone, or the browser's when theirs is unknown */
export function zone() {
  const own = store.me?.tz;
  try {
    if (own) new Intl.DateTimeFormat(LOCALE, { timeZone: own });
    return own || Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

/** @param {Date} date @param {Intl.DateTimeFormatOptions} options */
function say(date, options) {
  const key = zone() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE, { timeZone: zone(), ...options });
    formats.set(key, format);
  }
  return format.format(date);
}

/** @param {string | number} ts seconds since 1970, as message times are */
export function fromTs(ts) {
  return new Date(Number(ts) * 1000);
}

/** @param {string} ts of a message @returns {string} the next one there can be */
export function nextTs(ts) {
  const [seconds, micros = "0"] = ts.split(".");
  return `${seconds}.${String(Number(micros) + 1).padStart(6, "0")}`;
}

/** @param {Date} date */
export function clockTime(date) {
  return say(date, { hour: "numeric", minute: "2-digit" });
}

/** @param {Date} date to the second, for lists of what happened */
export function exactTime(date) {
  return say(date, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

/** @param {Date} date a key that is equal for times on one day of the acting person */
export function dayKey(date) {
  return say(date, { year: "numeric", month: "2-digit", day: "2-digit" });
}

/** @param {Date} date @returns {"today" | "yesterday" | "tomorrow" | ""} */
function nearDay(date) {
  const key = dayKey(date);
  const at = now().getTime();
  if (key === dayKey(new Date(at))) return "today";
  if (key === dayKey(new Date(at - 86400000))) return "yesterday";
  return key === dayKey(new Date(at + 86400000)) ? "tomorrow" : "";
}

/** @param {string} word */
function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @param {Date} date what a day divider says */
export function dayName(date) {
  const near = nearDay(date);
  if (near) return capital(near);
  const thisYear = say(date, { year: "numeric" }) === say(now(), { year: "numeric" });
  return say(date, { weekday: "long", month: "long", day: "numeric", ...(thisYear ? {} : { year: "numeric" }) });
}

/** @param {Date} date date and time in full, for a tooltip */
export function fullTime(date) {
  return say(date, { dateStyle: "full", timeStyle: "short" });
}

/** @param {Date} date */
function ago(date) {
  const seconds = Math.round((date.getTime() - now().getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const steps = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(seconds, "second");
}

/** @type {Record<string, (date: Date) => string>} */
const DATE_WORDS = {
  date_num: (date) => {
    const parts = dayKey(date).split("/");
    return `${parts[2]}-${parts[0]}-${parts[1]}`;
  },
  date: (date) => say(date, { dateStyle: "long" }),
  date_slash: (date) => dayKey(date),
  date_short: (date) => say(date, { dateStyle: "medium" }),
  date_long: (date) => say(date, { dateStyle: "full" }),
  time: clockTime,
  time_secs: (date) => say(date, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/**
 * Fills a format like "{date_short_pretty} at {time}".
 * @param {Date} date @param {string} format
 */
export function formatDate(date, format) {
  return format.replace(/\{([a-z_]+)\}/g, (whole, word, offset) => {
    const near = word.endsWith("_pretty") ? nearDay(date) : "";
    if (near) return offset === 0 ? capital(near) : near;
    const words = DATE_WORDS[word.replace(/_pretty$/, "")];
    return words ? words(date) : whole;
  });
}

/** @param {Date} date how far the acting person's zone is ahead of UTC at that time, in ms */
function zoneOffset(date) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone(),
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(date);
  const of = (/** @type {string} */ type) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(date.getTime() / 1000) * 1000;
}

/** @param {string} local "2026-11-22T09:30" in the acting person's zone @returns {number | null} epoch seconds */
export function localToEpoch(local) {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - zoneOffset(new Date(asUtc));
  return Math.round((asUtc - zoneOffset(new Date(guess))) / 1000);
}

/** @param {number} epoch seconds @returns {string} what a datetime-local input takes */
export function epochToLocal(epoch) {
  const date = new Date(epoch * 1000);
  return new Date(date.getTime() + zoneOffset(date)).toISOString().slice(0, 16);
}
