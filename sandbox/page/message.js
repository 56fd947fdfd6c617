/** One message: who, when, what, and what can be done with it. */

import { post } from "./api.js";
import { fileCard } from "./attachments.js";
import { avatar } from "./avatar.js";
import { drawBlock } from "./blocks.js";
import { h, hidden, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { messageEditor, ownMessageItems } from "./own-message.js";
import { actor, appOfBot, authorOf, store } from "./store.js";
import { Surface } from "./surface.js";
import { clockTime, formatDate, fromTs, fullTime } from "./time.js";
import { reactionRow, reactionTools } from "./reactions.js";
import { picture, textNodes } from "./text.js";
import { report, toast } from "./toast.js";

/** @import {Json, Message} from "./types.js" */

/** @typedef {{channel: string, inThread: boolean, openThread: (ts: string) => void,
 *   redraw: (ts: string) => HTMLElement | undefined}} Stand where a message is shown; `redraw` draws it again there */

const LONG_TEXT = 4000;
const MOST_FACES = 5;

/** @param {Message} message */
function body(message) {
  if (message.mrkdwn === false) return textNodes({ type: "plain_text", text: message.text });
  return mrkdwn(message.text || "");
}

/** @param {Json} attachment @param {Surface} surface the older way to add blocks, with a coloured bar */
function attached(attachment, surface) {
  const frame = h(
    "div",
    { class: "attachment" },
    attachment.pretext ? mrkdwn(attachment.pretext) : null,
    attachment.title ? h("strong", {}, attachment.title) : null,
    (attachment.blocks || []).map((/** @type {Json} */ block) => drawBlock(block, surface)),
    !attachment.blocks && (attachment.text || attachment.fallback)
      ? mrkdwn(attachment.text || attachment.fallback)
      : null,
    attachment.image_url ? picture(attachment) : null,
  );
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color || ""))
    frame.style.borderInlineStartColor = `#${attachment.color.replace("#", "")}`;
  return frame;
}

/** @param {Node[]} nodes @param {boolean} long a long text is shown in part until asked for */
function folded(nodes, long) {
  const frame = h("div", { class: long ? "message-text folded" : "message-text" }, nodes);
  if (!long) return [frame];
  const more = h("button", { type: "button", class: "link-button" }, "Show more");
  more.addEventListener("click", () =>
    more.replaceWith((frame.classList.remove("folded"), document.createTextNode(""))),
  );
  return [frame, more];
}

/** @param {Message} message @param {Stand} stand */
function shortcuts(message, stand) {
  return store.apps.flatMap((app) =>
    app.shortcuts
      .filter((one) => one.type === "message")
      .map((one) => ({
        label: one.name,
        hint: one.description,
        group: app.name,
        run: () => runShortcut(app.id, one.callback_id, message, stand),
      })),
  );
}

/** @param {string} app @param {string} callbackId @param {Message} message @param {Stand} stand */
async function runShortcut(app, callbackId, message, stand) {
  try {
    await post("shortcut", {
      as: actor(),
      app,
      callback_id: callbackId,
      channel: stand.channel,
      message_ts: message.ts,
    });
  } catch (error) {
    report(error);
  }
}

/** @param {string} text @param {string} said */
async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast("This browser does not let the page copy.", "problem");
  }
}

/** @param {Message} message @param {Stand} stand what Slack itself offers at each message */
function itemsOfSlack(message, stand) {
  const link = `${location.origin}/archives/${stand.channel}/p${message.ts.replace(".", "")}`;
  const own = ownMessageItems(message, stand);
  return [
    ...own.slice(0, 1),
    { label: "Copy link", run: () => copy(link, "The link is copied.") },
    { label: "Copy text", run: () => copy(unescape(message.text || ""), "The text is copied.") },
    ...own.slice(1),
  ];
}

/** @param {Message} message @param {Stand} stand @param {string} name */
function toolbar(message, stand, name) {
  if (message.is_ephemeral || message.local) return null;
  const reply = stand.inThread
    ? null
    : h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": `Reply in thread to ${name}`,
          title: "Reply in thread",
          "data-key": "reply",
          onclick: () => stand.openThread(message.thread_ts || message.ts),
        },
        icon("bubble"),
      );
  const more = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "More actions", title: "More actions", "data-key": "more" },
    icon("more"),
  );
  menuButton(more, () => [...itemsOfSlack(message, stand), ...shortcuts(message, stand)], { end: true });
  return h(
    "div",
    { class: "message-tools", role: "group", "aria-label": "Message actions" },
    reactionTools(message, stand),
    reply,
    more,
  );
}

/** @param {Message} message @param {Stand} stand */
function threadLink(message, stand) {
  const count = message.reply_count || 0;
  if (!count || stand.inThread) return null;
  const faces = (message.reply_users || []).slice(0, MOST_FACES);
  const last = message.latest_reply ? `Last reply ${formatDate(fromTs(message.latest_reply), "{ago}")}` : "";
  return h(
    "button",
    { type: "button", class: "thread-link", "data-key": "thread", onclick: () => stand.openThread(message.ts) },
    faces.map((id) => avatar({ user: store.users.get(id), app: appOfBot(id) }, "tiny")),
    `${count} ${count === 1 ? "reply" : "replies"}`,
    last ? h("span", { class: "last-reply" }, last) : null,
  );
}

/** @param {Message} message @param {Surface} surface what it says, and whether it said something else before */
function words(message, surface) {
  const edited = message.edited ? h("span", { class: "edited", title: "This message was edited" }, "(edited)") : null;
  // What people write is in `text`; the blocks of their messages only repeat it.
  const blocks = (message.bot_id ? message.blocks || [] : []).map((block) => drawBlock(block, surface));
  if (blocks.length) return [h("div", { class: "blocks" }, blocks), edited];
  const nodes = body(message);
  const last = nodes[nodes.length - 1];
  // It stands behind the last word, but not within what is quoted or set as code.
  if (edited && last instanceof HTMLElement && last.matches(".lines")) last.append(" ", edited);
  else if (edited) nodes.push(edited);
  return folded(nodes, (message.text || "").length > LONG_TEXT);
}

/** @param {Message} message @param {Stand} stand what is left of the first message of a thread */
function drawTombstone(message, stand) {
  return h(
    "div",
    { class: "message deleted", role: "listitem", tabindex: "-1", "data-ts": message.ts },
    h("div", { class: "message-side" }, h("span", { class: "grave" }, icon("trash"))),
    h("div", { class: "message-main" }, h("p", { class: "muted" }, message.text || ""), threadLink(message, stand)),
  );
}

/** @param {Message} message @param {Stand} stand @returns {HTMLElement} */
export function drawMessage(message, stand) {
  if (message.subtype === "tombstone") return drawTombstone(message, stand);
  const { app, user, name } = authorOf(message);
  const date = fromTs(message.ts);
  const surface = new Surface({
    type: "message",
    channel: stand.channel,
    channel_id: stand.channel,
    message_ts: message.ts,
  });
  const laidOut = Boolean(message.bot_id && (message.blocks || []).length > 1);
  const editor = messageEditor(message, stand);
  const hover = h("span", { class: "hover-time", "aria-hidden": "true" }, clockTime(date));
  const time = h("time", { datetime: date.toISOString(), title: fullTime(date) }, clockTime(date));
  return h(
    "div",
    {
      class: `message${message.is_ephemeral ? " ephemeral" : ""}${laidOut ? " laid-out" : ""}`,
      role: "listitem",
      tabindex: "-1",
      "data-ts": message.ts,
      "data-author": name,
    },
    h("div", { class: "message-side" }, avatar({ app, user, name }), hover),
    h(
      "div",
      { class: "message-main" },
      message.is_ephemeral ? h("p", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      h(
        "div",
        { class: "message-head" },
        h("span", { class: "author", dir: "auto" }, name),
        app ? h("span", { class: "badge" }, "APP") : null,
        time,
        hidden(": "),
      ),
      editor || words(message, surface),
      (message.attachments || []).map((one) => attached(one, surface)),
      (message.files || []).map(fileCard),
      reactionRow(message, stand),
      threadLink(message, stand),
    ),
    editor ? null : toolbar(message, stand, name),
  );
}
