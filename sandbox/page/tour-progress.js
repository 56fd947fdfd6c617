/** How far this browser is with the tour of this workspace: which step, what is done of each. Draws nothing. */

import { store } from "./store.js";

/** @import {Until} from "./types.js" */
/** @import {Kind} from "./deeds.js" */

/** @typedef {{step: number, hidden: boolean, done: Record<string, boolean>}} Progress `done` by "step/item" */

function key() {
  return `sandbox-tour-${store.team.id}`;
}

/** @returns {Progress} */
export function progress() {
  try {
    const kept = JSON.parse(localStorage.getItem(key()) || "{}");
    // A workspace that started afresh knows nothing of what was done in the one before.
    if (kept.began !== store.began) return { step: 0, hidden: Boolean(kept.hidden), done: {} };
    const step = Number.isInteger(kept.step) ? Math.max(0, Math.min(kept.step, store.tour.length - 1)) : 0;
    return { step, hidden: Boolean(kept.hidden), done: { ...kept.done } };
  } catch {
    return { step: 0, hidden: false, done: {} };
  }
}

/** @param {Partial<Progress>} change */
export function keep(change) {
  localStorage.setItem(key(), JSON.stringify({ ...progress(), ...change, began: store.began }));
}

/** @param {number} at @returns {{item: Until, isDone: boolean}[]} what the step asks for */
export function items(at) {
  const { done } = progress();
  return (store.tour[at]?.until || []).map((item, index) => ({ item, isDone: Boolean(done[`${at}/${index}`]) }));
}

/** @param {number} at @returns {boolean} whether everything that the step asks for is done */
export function isDone(at) {
  const all = items(at);
  return all.length > 0 && all.every((one) => one.isDone);
}

/** @param {number} at @param {Kind} kind @param {string} name @returns {boolean} whether that was still to do there */
function tick(at, kind, name) {
  const index = items(at).findIndex((one) => !one.isDone && one.item[kind] === name);
  if (index < 0) return false;
  keep({ done: { ...progress().done, [`${at}/${index}`]: true } });
  return true;
}

/**
 * Notes what somebody did. Who is done with a step and goes on by themselves takes the tour along.
 * @param {Kind} kind @param {string} name @returns {boolean} whether the tour has moved
 */
export function follow(kind, name) {
  const { step } = progress();
  if (tick(step, kind, name)) return true;
  if (!isDone(step) || step + 1 >= store.tour.length || !tick(step + 1, kind, name)) return false;
  keep({ step: step + 1 });
  return true;
}
