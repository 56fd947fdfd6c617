/** Emoji on a message: who reacted with what, and adding and taking back one's own. Decides no permission. */

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { emojiButton } from "./emoji-picker.js";
import { actor, fullName, store } from "./store.js";
import { report } from "./toast.js";

/** @import {Json, Message} from "./types.js" */
/** @import {Stand} from "./message.js" */

/** As in Slack, the three that are one press away. */
const QUICK = [
  ["white_check_mark", "Completed"],
  ["eyes", "Taking a look"],
  ["raised_hands", "Nicely done"],
];
const MOST_NAMES = 12;

/** @param {Message} message @param {Stand} stand @param {string} name puts the emoji there, or takes one's own off */
async function toggle(message, stand, name) {
  try {
    await post("reaction", { as: actor(), channel: stand.channel, message_ts: message.ts, name });
  } catch (error) {
    report(error);
  }
}

/** @param {string[]} users @returns {string} "Ada, Ben and 3 others" */
function names(users) {
  const me = actor();
  const known = users.filter((id) => id !== me).map((id) => fullName(store.users.get(id)));
  const shown = [...(users.includes(me) ? ["You"] : []), ...known].slice(0, MOST_NAMES);
  const left = users.length - shown.length;
  if (left) shown.push(`${left} ${left === 1 ? "other" : "others"}`);
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}` : shown[0] || "";
}

/** @param {Json} one @param {Message} message @param {Stand} stand */
function pill(one, message, stand) {
  const mine = one.users.includes(actor());
  const node = h(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "data-key": `reaction/${one.name}`,
      "aria-label": `${one.name}, ${one.count}: ${names(one.users)}`,
      title: `${names(one.users)} reacted with :${one.name}:`,
    },
    h("span", { class: "emoji", "aria-hidden": "true" }, emoji(one.name) || `:${one.name}:`),
    String(one.count),
  );
  node.addEventListener("click", () => toggle(message, stand, one.name));
  return node;
}

/** @param {Message} message @param {Stand} stand @param {string} key @param {string} className */
function addButton(message, stand, key, className) {
  const node = h(
    "button",
    { type: "button", class: className, "aria-label": "Add reaction", title: "Add reaction", "data-key": key },
    icon("react"),
  );
  const frame = () => {
    const all = document.querySelectorAll(`[data-ts="${CSS.escape(message.ts)}"]`);
    return [...all].find((one) => Boolean(one.closest("#thread")) === stand.inThread) || null;
  };
  const back = () =>
    /** @type {HTMLElement | null} */ (
      node.isConnected ? node : frame()?.querySelector(`[data-key="${key}"]`) || frame()
    );
  emojiButton(node, (name) => toggle(message, stand, name), back, { end: className === "icon-button" });
  return node;
}

/** @param {Message} message @param {Stand} stand what stands below the message; null where nobody reacted */
export function reactionRow(message, stand) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((one) => pill(one, message, stand)),
    addButton(message, stand, "react-more", "reaction add-reaction"),
  );
}

/** @param {Message} message @param {Stand} stand buttons for the message's own tools */
export function reactionTools(message, stand) {
  const quick = QUICK.map(([name, words]) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button quick",
        "aria-label": `React: ${words}`,
        title: words,
        "data-key": `quick/${name}`,
        onclick: () => toggle(message, stand, name),
      },
      h("span", { class: "emoji", "aria-hidden": "true" }, emoji(name)),
    ),
  );
  return [...quick, addButton(message, stand, "react", "icon-button")];
}
