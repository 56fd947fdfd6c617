/** What the inspector says of calls: what went wrong, how long they took, how many there were. */

/** @import {Call} from "./types.js" */

/** Calls that take longer stand out. */
export const SLOW_MS = 1000;

/** @param {Call} call what to say first of a failed call */
export function complaint(call) {
  const why = call.why?.replace(/^\[ERROR\] /, "").replace(/ \[json-pointer:(.*)\]$/, " (at $1)");
  const what = [call.error || "failed", why].filter(Boolean).join(": ");
  return call.direction === "in" ? `${call.name} was refused: ${what}` : `${call.name} was not taken: ${what}`;
}

/** @param {number | undefined | null} ms */
export function duration(ms) {
  if (ms === undefined || ms === null) return "";
  if (ms >= SLOW_MS) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** @param {Call[]} calls @returns {string} how many, how many failed, how long they took */
export function summary(calls) {
  const failed = calls.filter((call) => !call.ok).length;
  const times = calls.map((call) => call.ms ?? 0).sort((a, b) => a - b);
  const median = times.length ? `, median ${duration(times[Math.floor(times.length / 2)])}` : "";
  return `${calls.length} ${calls.length === 1 ? "call" : "calls"}, ${failed} failed${median}`;
}
