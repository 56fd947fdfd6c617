/** Second thoughts: editing a message where it stands, and deleting it. Decides which messages the page offers it for. */

import { post } from "./api.js";
import { Completion } from "./completion.js";
import { writingTools } from "./composer-tools.js";
import { ask } from "./confirm.js";
import { h, uid } from "./dom.js";
import { actor, channelById } from "./store.js";
import { announce, report } from "./toast.js";
import { asTyped, withHandles } from "./typed.js";

/** @import {Message} from "./types.js" */
/** @import {Stand} from "./message.js" */
/** @import {Item} from "./menu.js" */

/** What people write; all else that stands under their name, such as that they joined, is Slack's. */
const WRITTEN = [undefined, "file_share", "thread_broadcast"];

/** @typedef {{words: string, from?: HTMLElement}} Draft what is half written, and what gets the focus back afterwards */

/** @type {Map<string, Draft>} of each message that is being edited: it may be drawn anew meanwhile */
const drafts = new Map();

/** @param {Message} message @param {Stand} stand */
function keyOf(message, stand) {
  return [actor(), stand.channel, message.ts, stand.inThread].join("/");
}

/** @param {Message} message @param {Stand} stand */
function isOwn(message, stand) {
  const channel = channelById(stand.channel);
  const mine = message.user === actor() && !message.bot_id && WRITTEN.includes(message.subtype);
  return mine && Boolean(channel && !channel.is_archived && (channel.is_im || channel.is_member));
}

/** @param {Message} message @param {Stand} stand @returns {Item[]} editing, then deleting; nothing at messages of others */
export function ownMessageItems(message, stand) {
  if (!isOwn(message, stand)) return [];
  return [
    { label: "Edit message", run: () => begin(message, stand) },
    { label: "Delete message…", danger: true, run: () => remove(message, stand) },
  ];
}

/** @param {Message} message @param {Stand} stand @param {string} key of what in the message has the focus then */
function redraw(message, stand, key) {
  const node = stand.redraw(message.ts);
  const target = /** @type {HTMLElement | null | undefined} */ (node?.querySelector(`[data-key="${key}"]`));
  (target || node)?.focus();
}

/** @param {Message} message @param {Stand} stand @param {HTMLElement} [from] where the person was writing */
function begin(message, stand, from) {
  const key = keyOf(message, stand);
  // What is half written stays, such as in an edit that was left to look at something.
  drafts.set(key, { words: drafts.get(key)?.words ?? asTyped(message.text || ""), from });
  redraw(message, stand, "edit");
}

/** @param {Message[]} messages in order @param {Stand} stand @param {HTMLElement} from edits the last own one of them */
export function editLast(messages, stand, from) {
  const own = messages.filter((message) => isOwn(message, stand)).pop();
  if (own) begin(own, stand, from);
  else announce("None of the latest messages here is yours to edit.");
}

/** @param {Message} message @param {Stand} stand */
function end(message, stand) {
  const from = forget(message, stand);
  redraw(message, stand, "more");
  from?.focus();
}

/** @param {Message} message @param {Stand} stand @returns {HTMLElement | undefined} where editing began, if it still stands */
function forget(message, stand) {
  const key = keyOf(message, stand);
  const from = drafts.get(key)?.from;
  drafts.delete(key);
  return from?.isConnected ? from : undefined;
}

/** @param {Message} message @param {Stand} stand */
async function remove(message, stand) {
  const text = ["Are you sure you want to delete this message? This cannot be undone."];
  if (!(await ask({ title: "Delete message", text, yes: "Delete", no: "Cancel", danger: true }))) return;
  try {
    await post("delete", { as: actor(), channel: stand.channel, message_ts: message.ts });
    forget(message, stand)?.focus();
    announce("The message is deleted.");
  } catch (error) {
    report(error);
  }
}

/** @param {Message} message @param {Stand} stand @param {string} typed */
async function save(message, stand, typed) {
  // As in Slack, nothing left to say means that the message shall go.
  if (!typed && !message.files?.length) return remove(message, stand);
  try {
    const place = { channel: stand.channel, message_ts: message.ts };
    await post("edit", { as: actor(), ...place, text: withHandles(typed) });
    end(message, stand);
    announce("The message is changed.");
  } catch (error) {
    report(error);
  }
}

/** @param {string} words @param {string} kind @param {() => void} run */
function formButton(words, kind, run) {
  const node = h("button", { type: "button", class: `button small ${kind}`, "data-key": `edit/${words}` }, words);
  node.addEventListener("click", run);
  return node;
}

/** @param {HTMLTextAreaElement} input as high as its words */
function grow(input) {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

/** @param {Message} message @param {Stand} stand @returns {HTMLElement | null} null where nobody edits the message */
export function messageEditor(message, stand) {
  const key = keyOf(message, stand);
  const draft = drafts.get(key);
  if (!draft) return null;
  const hint = h("p", { class: "muted edit-hint", id: uid("edit") }, "Enter to save, Escape to cancel");
  const input = h("textarea", { rows: "1", dir: "auto", "aria-label": "Edit message", "aria-describedby": hint.id });
  input.dataset.key = "edit";
  input.value = draft.words;
  const changed = () => ((draft.words = input.value), grow(input));
  const done = { cancel: () => end(message, stand), save: () => save(message, stand, input.value.trim()) };
  const buttons = [formButton("Cancel", "", done.cancel), formButton("Save", "primary", done.save)];
  const frame = h("div", { class: "composer-frame" }, input);
  const completion = new Completion(input, frame);
  const tools = writingTools({ input, changed, look: () => completion.look() });
  frame.append(h("div", { class: "composer-tools" }, tools, h("div", { class: "edit-buttons" }, buttons)));
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => keys(event, completion, done));
  // It has a height once it stands in the page, which it does when this task ends.
  queueMicrotask(() => grow(input));
  return h("div", { class: "editor" }, completion.node, frame, hint);
}

/** @param {KeyboardEvent} event @param {Completion} completion @param {{cancel: () => void, save: () => void}} done */
function keys(event, completion, done) {
  if (event.isComposing || completion.key(event)) return;
  const saves = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey;
  if (!saves && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  if (saves) done.save();
  else done.cancel();
}
