/** The list above the composer: commands after "/", people after "@", channels after "#", emoji after ":". Decides what is offered, not what is sent. */

import { avatar } from "./avatar.js";
import { h, icon } from "./dom.js";
import { emoji, findEmoji } from "./emoji.js";
import { OptionList } from "./option-list.js";
import { openPopup } from "./popup.js";
import { fullName, people, store } from "./store.js";

/** @import {Option, OptionGroup} from "./combobox.js" */
/** @import {Command} from "./types.js" */

const MOST_SHOWN = 8;

/** Whom the words of Slack's own reach. */
const WIDE = [
  { name: "channel", hint: "Everybody in this channel" },
  { name: "here", hint: "Everybody in this channel who is active" },
];

/** @returns {{command: Command, app: import("./types.js").App}[]} */
export function allCommands() {
  return store.apps.flatMap((app) => app.commands.map((command) => ({ command, app })));
}

/** @param {string} typed "/nom" @returns {OptionGroup[]} */
function commands(typed) {
  return store.apps.map((app) => ({
    label: app.name,
    options: app.commands
      .filter((one) => one.command.startsWith(typed.toLowerCase()))
      .map((one) => ({
        value: `${one.command} `,
        text: one.usage_hint ? `${one.command} ${one.usage_hint}` : one.command,
        hint: one.description,
        lead: () => avatar({ app }, "small"),
        raw: one,
      })),
  }));
}

/** @param {string} typed "@ad" @returns {OptionGroup[]} */
function mentions(typed) {
  const query = typed.slice(1).toLocaleLowerCase();
  const bots = store.apps.map((app) => ({
    value: `@${app.name} `,
    text: app.name,
    hint: "App",
    lead: () => avatar({ app }, "small"),
    raw: app,
  }));
  const known = people().map((user) => ({
    value: `@${fullName(user)} `,
    text: fullName(user),
    hint: user.profile?.title || user.role_hint || "",
    lead: () => avatar({ user }, "small"),
    raw: user,
  }));
  const groups = store.usergroups.map((group) => ({
    value: `@${group.handle} `,
    text: `@${group.handle}`,
    hint: `${group.name}, ${group.users.length} ${group.users.length === 1 ? "member" : "members"}`,
    raw: group,
  }));
  const wide = WIDE.map(({ name, hint }) => ({ value: `@${name} `, text: `@${name}`, hint, raw: name }));
  const fits = [...known, ...bots, ...groups, ...wide].filter((one) =>
    one.text
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((part) => part.replace(/^@/, "").startsWith(query)),
  );
  return [{ label: "People, apps and groups", options: fits.slice(0, MOST_SHOWN) }];
}

/** @param {string} typed "#adv" @returns {OptionGroup[]} */
function rooms(typed) {
  const query = typed.slice(1).toLocaleLowerCase();
  const fits = store.channels.filter((one) => !one.is_im && one.name.includes(query));
  fits.sort((a, b) => Number(b.name.startsWith(query)) - Number(a.name.startsWith(query)) || (a.name < b.name ? -1 : 1));
  const options = fits.slice(0, MOST_SHOWN).map((one) => ({
    value: `#${one.name} `,
    text: one.name,
    hint: typeof one.topic === "string" ? one.topic : "",
    lead: () => icon(one.is_private ? "lock" : "hash"),
    raw: one,
  }));
  return [{ label: "Channels", options }];
}

/** @param {string} typed ":tad" @returns {OptionGroup[]} */
function signs(typed) {
  const options = findEmoji(typed.slice(1))
    .slice(0, MOST_SHOWN)
    .map((name) => ({
      value: `:${name}: `,
      text: `:${name}:`,
      lead: () => h("span", { class: "emoji", "aria-hidden": "true" }, emoji(name)),
      raw: name,
    }));
  return [{ label: "Emoji", options }];
}

/** What is offered for the word before the cursor, by what it begins with. @type {[RegExp, (typed: string) => OptionGroup[]][]} */
const OFFERS = [
  [/^(\/\S*)$/, commands],
  [/(?:^|\s)(@[\p{L}\p{N}_.-]*)$/u, mentions],
  [/(?:^|\s)(#[\p{L}\p{N}_-]*)$/u, rooms],
  [/(?:^|\s)(:[a-z0-9_+-]{2,})$/, signs],
];

export class Completion {
  /** @param {HTMLTextAreaElement} input @param {HTMLElement} anchor the frame that the list stands above */
  constructor(input, anchor) {
    this.input = input;
    this.anchor = anchor;
    this.list = new OptionList(false, (option) => this.take(option));
    this.list.node.popover = "manual";
    this.node = h("div", {}, this.list.node);
    this.list.node.addEventListener("pointerdown", (event) => event.preventDefault());
    /** @type {(() => void) | null} */
    this.hide = null;
    this.start = 0;
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.look());
    input.addEventListener("blur", () => this.close());
  }

  /** Looks at the word before the cursor and offers what fits. */
  look() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    const offer = OFFERS.map(([word, offered]) => ({ typed: word.exec(before)?.[1], offered })).find(({ typed }) => typed);
    const groups = offer?.typed ? offer.offered(offer.typed) : [];
    this.start = before.length - (offer?.typed?.length ?? 0);
    if (!groups.some((group) => group.options.length)) {
      this.close();
      return;
    }
    this.list.fill(groups, new Set(), true);
    this.hide ||= openPopup(this.list.node, this.anchor, { match: true, above: true });
    this.#point();
  }

  #point() {
    if (this.hide) this.input.setAttribute("aria-activedescendant", this.list.activeId() || "");
  }

  close() {
    this.hide?.();
    this.hide = null;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Option} option */
  take(option) {
    const rest = this.input.value.slice(this.input.selectionStart).replace(/^\s/, "");
    this.input.value = this.input.value.slice(0, this.start) + option.value + rest;
    const cursor = this.start + option.value.length;
    this.close();
    this.input.focus();
    this.input.setSelectionRange(cursor, cursor);
    this.input.dispatchEvent(new Event("input"));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for the list */
  key(event) {
    if (!this.hide) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || event.key === "Enter") {
      const option = this.list.activeOption();
      // A command typed in full is sent by Enter, as it stands.
      if (!option || (event.key === "Enter" && option.value.trim() === this.input.value.trim())) {
        this.close();
        return false;
      }
      this.take(option);
    } else return false;
    this.#point();
    event.preventDefault();
    return true;
  }
}
