/** The stack of modals of the acting person. Decides what submit, back and close do with the app's answers. */

import { Refused, get, post } from "./api.js";
import { ask } from "./confirm.js";
import { did } from "./deeds.js";
import { rememberFocus } from "./focus-memory.js";
import { ModalView } from "./modal-view.js";
import { actor } from "./store.js";
import { toast } from "./toast.js";

/** @import {View} from "./types.js" */

/** @type {ModalView[]} */
let stack = [];
/** @type {(() => void) | null} gives the focus back to where it was before the first view opened */
let giveBack = null;
/** How often the stack has changed: an answer that was asked for before is out of date. */
let changes = 0;

function dialog() {
  return /** @type {HTMLDialogElement} */ (document.getElementById("modal"));
}

function top() {
  return stack[stack.length - 1];
}

/** Brings the dialog in line with the stack. */
function show() {
  const frame = dialog();
  const current = top();
  if (!current) {
    if (!frame.open) return;
    frame.close();
    frame.replaceChildren();
    giveBack?.();
    giveBack = null;
    return;
  }
  if (!frame.open) {
    giveBack = rememberFocus();
    frame.replaceChildren();
    frame.showModal();
  }
  frame.setAttribute("aria-labelledby", current.titleId);
  if (frame.firstElementChild !== current.node) {
    frame.replaceChildren(current.node);
    current.focusFirst();
  }
}

/** @param {View} view opens it, or updates it where it is already in the stack */
function upsert(view) {
  const known = stack.find((one) => one.view.id === view.id);
  if (known) known.update(view);
  else stack.push(new ModalView(view, stack.length > 0, { submit, back, closeAll }));
  show();
}

/** @param {string} viewId */
function remove(viewId) {
  changes += 1;
  stack = stack.filter((one) => one.view.id !== viewId);
  show();
}

function clear() {
  stack = [];
  show();
}

/** @param {string} action @param {View | undefined} view what the stream or an answer says about the stack */
export function modalChanged(action, view) {
  changes += 1;
  if (action === "clear") clear();
  else if (action === "close" && view) remove(view.id);
  else if (view) {
    // An opened view starts a new stack; what was open before is gone, as in Slack.
    if (action === "open" && !stack.some((one) => one.view.id === view.id)) stack = [];
    upsert(view);
  }
}

/** Fetches the stack: after a reload the person sees the modals that are still open. */
export async function loadModals() {
  const as = actor();
  const asked = changes;
  const { views } = await get("views", { as });
  if (as !== actor()) return;
  if (asked !== changes) {
    await loadModals();
    return;
  }
  const open = new Set(views.map((/** @type {View} */ view) => view.id));
  stack = stack.filter((one) => open.has(one.view.id));
  for (const view of views) upsert(view);
  show();
}

/** Forgets the stack of the person who acted until now; it stays open for them on the server. */
export function leaveModals() {
  clear();
}

async function submit() {
  const current = top();
  if (!current?.ready) return;
  // What follows the form may be drawn in its place before the answer to its being sent arrives.
  const sent = current.view;
  current.setBusy(true);
  current.say("");
  try {
    const answer = await post("submit", { as: actor(), view_id: sent.id, state: current.surface.state() });
    current.setBusy(false);
    if (["close", "clear", "update"].includes(answer.result)) did("submit", sent.callback_id || "");
    if (answer.result === "errors") current.refuse(answer.errors || {});
    else if (answer.result === "close") remove(current.view.id);
    else modalChanged(answer.result, answer.view);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    current.setBusy(false);
    current.say(error.message);
  }
}

/** @param {ModalView} one @returns {Promise<boolean>} whether what was typed may be thrown away */
function mayLeave(one) {
  if (!one.surface.touched || !one.view.submit) return Promise.resolve(true);
  return ask({
    title: "Leave without submitting?",
    text: ["What you entered in this form will be lost."],
    yes: "Leave",
    no: "Keep editing",
    danger: true,
  });
}

/** @param {ModalView} one */
async function closeOne(one) {
  try {
    await post("close", { as: actor(), view_id: one.view.id });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.offline) {
      toast(error.message, "problem");
      return false;
    }
  }
  remove(one.view.id);
  return true;
}

async function back() {
  const current = top();
  if (current && (await mayLeave(current))) await closeOne(current);
}

async function closeAll() {
  if (!top() || !(await mayLeave(top()))) return;
  while (top()) if (!(await closeOne(top()))) return;
}

/** Escape goes back one view; the browser must not close the dialog behind our back. */
export function watchModalKeys() {
  dialog().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    back();
  });
  dialog().addEventListener("cancel", (event) => event.preventDefault());
}
