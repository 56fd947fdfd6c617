/** A channel or direct message on screen: its messages, its thread pane, its composer. */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { h, icon, replace } from "./dom.js";
import { MessageList } from "./message-list.js";
import { inline } from "./mrkdwn.js";
import { membership } from "./new-message.js";
import { goTo } from "./route.js";
import { actor, appOfBot, authorOf, changed, channelName, store } from "./store.js";
import { now } from "./time.js";
import { announce, report } from "./toast.js";

/** @import {Channel, Message} from "./types.js" */

const SPOKEN_LENGTH = 200;

/** @type {{channel: Channel, list: MessageList, thread: MessageList | null, threadTs: string} | null} */
let current = null;

/** @param {MessageList} list @param {string} text words from Slackbot that only this page knows */
function slackbot(list, text) {
  const ts = (now().getTime() / 1000).toFixed(6);
  list.upsert({ ts, user: "USLACKBOT", text, mrkdwn: false, is_ephemeral: true, local: true });
  list.toEnd();
  announce(`Slackbot, only visible to you: ${text}`);
}

/** @param {Channel} channel @param {string} [ts] */
function openThread(channel, ts) {
  goTo({ kind: "channel", id: channel.id, thread: ts });
}

/** @param {Channel} channel the words before the first message */
function intro(channel) {
  const app = channel.is_im ? appOfBot(channel.user) : undefined;
  const user = channel.is_im ? store.users.get(channel.user || "") : undefined;
  const name = channelName(channel);
  if (channel.is_im) {
    return [
      avatar({ app, user }),
      h("p", { class: "intro-name" }, name),
      h("p", {}, app ? app.description : `This is your conversation with ${name}.`),
    ];
  }
  return [
    h("p", { class: "intro-name" }, `# ${name}`),
    h("p", {}, topicOf(channel) || `This is the very beginning of #${name}.`),
  ];
}

/** @param {Channel} channel @returns {string} */
export function topicOf(channel) {
  return typeof channel.topic === "string" ? channel.topic : channel.topic?.value || "";
}

/** @param {Channel} channel what stands below a channel that one is not in */
function outside(channel) {
  const join = h("button", { type: "button", class: "button primary" }, "Join channel");
  join.addEventListener("click", () => membership("join", channel.id));
  const words = `You are looking at #${channelName(channel)} without being a member.`;
  return h("div", { class: "no-composer" }, h("p", {}, words), channel.is_private ? null : join);
}

/** @param {Channel} channel */
function composerFor(channel, list = () => current?.list, threadTs = "") {
  if (channel.is_archived)
    return h("p", { class: "no-composer" }, "This channel is archived. It can be read, not written in.");
  if (!channel.is_im && !channel.is_member)
    return outside(channel);
  const name = channel.is_im ? channelName(channel) : `#${channelName(channel)}`;
  return new Composer({
    channel: channel.id,
    threadTs: threadTs || undefined,
    name,
    refused: (text) => {
      const target = list();
      if (target) slackbot(target, text);
    },
    editLast: (from) => {
      list()?.editLast(from).catch(report);
    },
  }).node;
}

/** @param {Channel} channel */
export async function markRead(channel) {
  if (!channel.unread) return;
  channel.unread = 0;
  changed("channels");
  await post("read", { as: actor(), channel: channel.id }).catch(report);
}

/** @param {string | undefined} ts the message that a link led to */
export function pointAt(ts) {
  if (ts) current?.list.pointAt(ts).catch(report);
}

/**
 * Shows a channel in `frame`.
 * @param {HTMLElement} frame @param {Channel} channel @param {{writable?: boolean, at?: string}} [how]
 */
export function showConversation(frame, channel, { writable = true, at } = {}) {
  const list = new MessageList({ channel: channel.id, inThread: false, openThread: (ts) => openThread(channel, ts) });
  current = { channel, list, thread: null, threadTs: "" };
  list.introduce(...intro(channel));
  const closed = h("p", { class: "no-composer" }, "Sending messages to this app has been turned off.");
  replace(frame, list.node, writable ? h("div", { id: "composer" }, composerFor(channel)) : closed);
  const { unread } = channel;
  list
    .load()
    .then(() => {
      list.markNew(unread);
      pointAt(at);
    })
    .catch(report);
  markRead(channel);
}

/** @param {HTMLElement} pane @param {string | undefined} ts the thread beside the channel; undefined closes it */
export function showThread(pane, ts) {
  if (!current || current.threadTs === (ts || "")) return;
  const { channel, list } = current;
  current.threadTs = ts || "";
  pane.hidden = !ts;
  if (!ts) {
    current.thread = null;
    pane.replaceChildren();
    return;
  }
  const thread = new MessageList({ channel: channel.id, inThread: true, openThread: () => {} }, ts);
  current.thread = thread;
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close thread" }, icon("close"));
  close.addEventListener("click", () => {
    openThread(channel);
    /** @type {HTMLElement | null} */ (list.node.querySelector(`[data-ts="${CSS.escape(ts)}"]`))?.focus();
  });
  replace(
    pane,
    h(
      "header",
      { class: "pane-head" },
      h("h2", {}, "Thread"),
      h("span", { class: "muted" }, channel.is_im ? channelName(channel) : `#${channelName(channel)}`),
      close,
    ),
    thread.node,
    h(
      "div",
      {},
      composerFor(channel, () => thread, ts),
    ),
  );
  thread
    .load()
    .then(() => /** @type {HTMLElement | null} */ (pane.querySelector("textarea"))?.focus())
    .catch(report);
}

/** The calendar was moved: "today" is another day now. */
export function retimeConversation() {
  current?.list.redraw();
  current?.thread?.redraw();
}

/** Nothing of a conversation is on screen any more. */
export function leaveConversation() {
  current = null;
}

/** @returns {Promise<void>} fetches again after the connection was lost */
export async function reloadConversation() {
  if (!current) return;
  await Promise.all([current.list.refresh(), current.thread?.refresh()]).catch(report);
}

/** @param {Message} message @param {string} channelName_ */
function speak(message, channelName_) {
  if (message.user === actor()) return;
  const { name } = authorOf(message);
  const only = message.is_ephemeral ? ", only visible to you" : "";
  announce(`${name} in ${channelName_}${only}: ${heard(message.text || "").slice(0, SPOKEN_LENGTH)}`);
}

/** @param {string} text mrkdwn @returns {string} the words that somebody sees of it: names and dates, not their markup */
function heard(text) {
  return h("p", {}, inline(text.replaceAll("\n", " "))).textContent || "";
}

/** Says that what is on screen has been read; whoever looks elsewhere has not read it. */
function readCurrent() {
  if (current) post("read", { as: actor(), channel: current.channel.id }).catch(report);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") readCurrent();
});

/** @param {Message} message */
function isReply(message) {
  return Boolean(message.thread_ts && message.thread_ts !== message.ts);
}

/** @param {{type: string, channel: string, message: Message}} frame a message came, changed or went */
export function messageFrame(frame) {
  const { message } = frame;
  const channel = store.channels.find((one) => one.id === frame.channel);
  if (frame.type === "message" && channel) {
    speak(message, channelName(channel));
    const counts = !message.is_ephemeral && (!isReply(message) || message.subtype === "thread_broadcast");
    if (counts && current?.channel.id !== frame.channel && message.user !== actor()) {
      channel.unread += 1;
      changed("channels");
    }
  }
  if (!current || current.channel.id !== frame.channel) return;
  if (frame.type === "message" && document.visibilityState === "visible") readCurrent();
  if (frame.type === "message_deleted") {
    current.list.remove(message.ts);
    current.thread?.remove(message.ts);
    if (message.ts === current.threadTs) openThread(current.channel);
    return;
  }
  if (current.thread && (message.thread_ts === current.threadTs || message.ts === current.threadTs))
    current.thread.upsert(message);
  if (!isReply(message) || message.subtype === "thread_broadcast") current.list.upsert(message);
}
