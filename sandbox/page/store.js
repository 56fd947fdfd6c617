/** What the page knows of the workspace at this moment. Decides who a user, app or channel id is; draws nothing. */

/** @import {User, UserGroup, App, Channel, Place, Call, TourStep} from "./types.js" */

export const store = {
  team: { id: "", name: "", domain: "" },
  /** All on this server. @type {{id: string, name: string}[]} */
  workspaces: [],
  /** When this workspace was made: another one of the same name is another one. */
  began: 0,
  /** @type {Map<string, User>} */
  users: new Map(),
  /** @type {App[]} */
  apps: [],
  /** @type {UserGroup[]} */
  usergroups: [],
  /** @type {TourStep[]} */
  tour: [],
  /** @type {Channel[]} */
  channels: [],
  /** @type {User | null} */
  me: null,
  /** @type {Place | null} */
  place: null,
  online: false,
  /** @type {Call[]} */
  calls: [],
};

const events = new EventTarget();

/** @param {"people" | "channels" | "apps" | "online" | "calls" | "clock"} what @param {() => void} listener */
export function on(what, listener) {
  events.addEventListener(what, listener);
}

/** @param {"people" | "channels" | "apps" | "online" | "calls" | "clock"} what */
export function changed(what) {
  events.dispatchEvent(new Event(what));
}

/** @param {any} boot the answer of /_page/boot */
export function learn(boot) {
  store.team = boot.team;
  store.began = boot.began;
  store.workspaces = boot.workspaces || [];
  store.users = new Map(boot.users.map((/** @type {User} */ user) => [user.id, user]));
  store.apps = boot.apps;
  store.usergroups = boot.usergroups || [];
  store.tour = boot.tour || [];
  changed("people");
  changed("apps");
}

/** The id that every call acts as. */
export function actor() {
  return store.me ? store.me.id : "";
}

/** @param {User | undefined | null} user */
export function fullName(user) {
  if (!user) return "Someone";
  return user.profile?.real_name || user.real_name || user.name;
}

/** @param {User} user @returns {string} what sets apart whoever is not a full member, else nothing */
export function guestMark(user) {
  if (user.deleted) return "Deactivated";
  if (user.is_stranger) return "External";
  return user.is_restricted || user.is_ultra_restricted ? "Guest" : "";
}

/** Everybody who is or was here; no bots. */
export function accounts() {
  return [...store.users.values()].filter((user) => !user.is_bot && user.id !== "USLACKBOT");
}

/** People whom one can act as. */
export function people() {
  return accounts().filter((user) => !user.deleted && !user.elsewhere);
}

/** @param {string | undefined} id */
export function channelById(id) {
  return store.channels.find((channel) => channel.id === id);
}

/** @param {string} name without the leading # */
export function channelNamed(name) {
  return store.channels.find((channel) => !channel.is_im && channel.name === name);
}

/** @param {string | undefined} id */
export function appById(id) {
  return store.apps.find((app) => app.id === id);
}

/** @param {string | undefined} userId the user id of an app's bot */
export function appOfBot(userId) {
  return userId ? store.apps.find((app) => app.bot_user_id === userId) : undefined;
}

/** @param {Channel} channel what people call it, without the leading # */
export function channelName(channel) {
  if (!channel.is_im) return channel.name;
  if (channel.user === "USLACKBOT") return "Slackbot";
  const app = appOfBot(channel.user);
  return app ? app.name : fullName(store.users.get(channel.user || ""));
}

/** Which app and person wrote a message. @param {import("./types.js").Message} message */
export function authorOf(message) {
  const app = store.apps.find((a) => a.bot_id === message.bot_id) || appOfBot(message.user);
  const user = store.users.get(message.user || "");
  const name = message.username || (app ? app.name : message.user === "USLACKBOT" ? "Slackbot" : fullName(user));
  return { app, user, name, key: app ? app.id : message.user || message.username || "?" };
}
