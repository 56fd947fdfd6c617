/** The select menus of Block Kit: where their options come from and what a choice sends. */

import { avatar } from "./avatar.js";
import { Combobox } from "./combobox.js";
import { confirmed } from "./el-button.js";
import { channelById, channelName, fullName, people, store } from "./store.js";
import { words } from "./text.js";

/** @import {Json, User, Channel} from "./types.js" */
/** @import {Option, OptionGroup} from "./combobox.js" */
/** @import {DrawElement, Setting} from "./elements.js" */

const TYPING_PAUSE_MS = 200;
const DEFAULT_MIN_QUERY = 3;

/** @param {Json} option @returns {Option} */
function fromSlack(option) {
  return { value: option.value, text: words(option.text), hint: words(option.description), raw: option };
}

/** @param {Json} holder of options or option_groups @returns {OptionGroup[]} */
function groupsOf(holder) {
  if (holder.option_groups) {
    return holder.option_groups.map((/** @type {Json} */ group) => ({
      label: words(group.label),
      options: (group.options || []).map(fromSlack),
    }));
  }
  return [{ options: (holder.options || []).map(fromSlack) }];
}

/** @param {OptionGroup[]} groups @param {string} query keeps what has every word of it */
export function matching(groups, query) {
  const parts = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return groups.map((group) => ({
    ...group,
    options: group.options.filter((option) => {
      const text = `${option.text} ${option.hint || ""}`.toLocaleLowerCase();
      return parts.every((part) => text.includes(part));
    }),
  }));
}

/** @param {User} user @returns {Option} */
export function fromUser(user) {
  return {
    value: user.id,
    text: fullName(user),
    hint: user.profile?.title || user.role_hint,
    lead: () => avatar({ user }, "tiny"),
    raw: user.id,
  };
}

/** @param {Channel} channel @returns {Option} */
export function fromChannel(channel) {
  const sign = channel.is_im ? "" : channel.is_private ? "🔒 " : "# ";
  return { value: channel.id, text: sign + channelName(channel), raw: channel.id };
}

/** @param {Json} element @param {Channel} channel whether a conversations_select offers it */
function admits(element, channel) {
  const filter = element.filter;
  if (channel.is_archived) return false;
  if (!filter) return true;
  const kind = channel.is_im ? "im" : channel.is_private ? "private" : "public";
  if (filter.exclude_bot_users && channel.is_im && store.users.get(channel.user || "")?.is_bot) return false;
  return !filter.include || filter.include.includes(kind);
}

/**
 * @typedef {{one: string, many: string, initial: string, initials: string,
 *   groups: (element: Json) => OptionGroup[], find: (value: any) => Option}} Source
 * @type {Record<string, Source>}
 */
const SOURCES = {
  static: {
    one: "selected_option",
    many: "selected_options",
    initial: "initial_option",
    initials: "initial_options",
    groups: groupsOf,
    find: fromSlack,
  },
  external: {
    one: "selected_option",
    many: "selected_options",
    initial: "initial_option",
    initials: "initial_options",
    groups: () => [],
    find: fromSlack,
  },
  users: {
    one: "selected_user",
    many: "selected_users",
    initial: "initial_user",
    initials: "initial_users",
    groups: () => [{ options: people().map(fromUser) }],
    find: (id) => {
      const user = store.users.get(id);
      return user ? fromUser(user) : { value: id, text: id, raw: id };
    },
  },
  conversations: {
    one: "selected_conversation",
    many: "selected_conversations",
    initial: "initial_conversation",
    initials: "initial_conversations",
    groups: (element) => [{ options: store.channels.filter((one) => admits(element, one)).map(fromChannel) }],
    find: findChannel,
  },
  channels: {
    one: "selected_channel",
    many: "selected_channels",
    initial: "initial_channel",
    initials: "initial_channels",
    groups: () => [
      { options: store.channels.filter((one) => !one.is_im && !one.is_private && !one.is_archived).map(fromChannel) },
    ],
    find: findChannel,
  },
};

/** @param {string} id @returns {Option} */
function findChannel(id) {
  const channel = channelById(id);
  return channel ? fromChannel(channel) : { value: id, text: id, raw: id };
}

/** @param {string} sourceName @param {Json} element @param {Setting} setting @param {string} query */
async function load(sourceName, element, { surface, blockId }, query) {
  if (sourceName !== "external") return matching(SOURCES[sourceName].groups(element), query);
  return groupsOf(await surface.suggest(blockId, element.action_id, query));
}

/** @param {string} sourceName @param {boolean} multi @returns {DrawElement} */
function select(sourceName, multi) {
  const source = SOURCES[sourceName];
  const key = multi ? source.many : source.one;
  return (element, setting) => {
    const { surface, blockId, dispatch } = setting;
    const initial = multi ? element[source.initials] || [] : element[source.initial] || null;
    const first = surface.begin(blockId, element, { [key]: initial })[key];
    const chosen = (multi ? first : first ? [first] : []).map(source.find);
    const combo = new Combobox({
      multi,
      chosen,
      id: setting.fieldId,
      placeholder: words(element.placeholder) || (multi ? "Choose" : "Choose an option"),
      labelId: setting.labelId,
      describedBy: setting.describedBy,
      required: setting.required,
      clearable: !dispatch && Boolean(setting.labelId),
      max: element.max_selected_items,
      minQuery: sourceName === "external" ? (element.min_query_length ?? DEFAULT_MIN_QUERY) : 0,
      pauseMs: sourceName === "external" ? TYPING_PAUSE_MS : 0,
      focusOnLoad: element.focus_on_load,
      load: (query) => load(sourceName, element, setting, query),
      choose: async (options) => {
        if (dispatch && !(await confirmed(element))) return false;
        const raw = options.map((option) => option.raw);
        const value = { [key]: multi ? raw : (raw[0] ?? null) };
        surface.set(blockId, element, value);
        if (dispatch && (multi || raw.length)) await surface.act(blockId, element, value, combo.node);
        return true;
      },
    });
    return combo.node;
  };
}

/** @type {Record<string, DrawElement>} */
export const selects = Object.fromEntries(
  Object.keys(SOURCES).flatMap((name) => [
    [`${name}_select`, select(name, false)],
    [`multi_${name}_select`, select(name, true)],
  ]),
);
