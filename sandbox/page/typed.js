/** How words look while they are typed, with "@Full Name", and how the workspace reads them, with "@handle". */

import { unescape } from "./mrkdwn.js";
import { channelById, fullName, people, store } from "./store.js";

/** @param {string} text with "@Full Name", as it is shown @returns {string} with "@handle", as the workspace reads it */
export function withHandles(text) {
  if (!text.includes("@")) return text;
  const names = [
    ...people().map((user) => ({ name: fullName(user), handle: user.name })),
    ...store.apps.map((app) => ({ name: app.name, handle: store.users.get(app.bot_user_id)?.name || app.name })),
  ].sort((a, b) => b.name.length - a.name.length);
  return names.reduce((done, { name, handle }) => done.replaceAll(`@${name}`, `@${handle}`), text);
}

/** @param {string} id @returns {string} the full name, or where others have the same the handle, which is one person's */
function nameToType(id) {
  const user = store.users.get(id);
  if (!user) return id;
  const namesakes = people().filter((one) => fullName(one) === fullName(user));
  return namesakes.length === 1 && namesakes[0].id === id ? fullName(user) : user.name;
}

/** @param {string} target @param {string} label what stood between < and > @returns {string} what would be typed for it */
function reference(target, label) {
  const [word, id] = target.split("^");
  if (target.startsWith("@")) return `@${nameToType(target.slice(1))}`;
  if (target.startsWith("#")) return `#${label || channelById(target.slice(1))?.name || target.slice(1)}`;
  if (word === "!subteam") return `@${store.usergroups.find((one) => one.id === id)?.handle || label.replace(/^@/, "")}`;
  if (target.startsWith("!")) return label || `@${word.slice(1)}`;
  return target;
}

/** @param {string} text Slack's text of a person's message @returns {string} the words as they were typed */
export function asTyped(text) {
  return unescape(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target, label = "") => reference(target, label)));
}
