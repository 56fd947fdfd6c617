/** The small buttons below what one writes: shortcuts, commands, mentions, emoji. Each says itself what it does. */

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { emojiButton } from "./emoji-picker.js";
import { menuButton } from "./menu.js";
import { stepItems } from "./steps.js";
import { actor, store } from "./store.js";
import { report } from "./toast.js";

/** @import {Item} from "./menu.js" */

/** @typedef {{input: HTMLTextAreaElement, changed: () => void, look: () => void}} Field */

/** @param {string} name @param {string} label @param {string} [title] */
function tool(name, label, title = label) {
  const sign = /** @type {Parameters<typeof icon>[0]} */ (name);
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title }, icon(sign));
}

/** @param {Field} field @param {string} text goes where the cursor is, with a space before it where one is needed */
function insert({ input, changed }, text) {
  const before = input.value.slice(0, input.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  input.setRangeText(gap + text, input.selectionStart, input.selectionEnd, "end");
  input.focus();
  changed();
}

/** @param {string} app @param {string} callbackId */
async function runShortcut(app, callbackId) {
  try {
    await post("shortcut", { as: actor(), app, callback_id: callbackId });
  } catch (error) {
    report(error);
  }
}

/** @param {HTMLTextAreaElement} input @returns {Item[]} */
function shortcutItems(input) {
  const items = store.apps.flatMap((app) =>
    app.shortcuts
      .filter((one) => one.type === "global")
      .map((one) => ({
        label: one.name,
        hint: one.description,
        group: app.name,
        run: () => runShortcut(app.id, one.callback_id),
      })),
  );
  const all = [...items, ...stepItems()];
  return all.length ? all : [{ label: "No shortcuts yet", run: () => input.focus() }];
}

/** @param {Field} field @returns {HTMLElement[]} what a thread has as well */
export function writingTools(field) {
  const smile = tool("smile", "Emoji");
  emojiButton(smile, (name) => insert(field, `:${name}: `), () => field.input, { above: true });
  const at = tool("at", "Mention someone");
  at.addEventListener("click", () => {
    insert(field, "@");
    field.look();
  });
  return [smile, at];
}

/** @param {Field} field @returns {HTMLElement[]} what only stands below a channel */
export function channelTools(field) {
  const more = tool("bolt", "Shortcuts");
  menuButton(more, () => shortcutItems(field.input), { above: true });
  const slash = tool("slash", "Start a command", "Commands");
  slash.addEventListener("click", () => {
    field.input.value = `/${field.input.value.replace(/^\//, "")}`;
    field.changed();
    field.input.focus();
    field.input.setSelectionRange(1, 1);
    field.look();
  });
  return [more, slash];
}
