/** Where one writes: messages, slash commands, files. Decides how words are sent and that none are lost. */

import { Refused, post } from "./api.js";
import { Completion, allCommands } from "./completion.js";
import { ComposerFiles } from "./composer-files.js";
import { channelTools, writingTools } from "./composer-tools.js";
import { did } from "./deeds.js";
import { h, icon, uid } from "./dom.js";
import { actor } from "./store.js";
import { withHandles } from "./typed.js";

/** @typedef {{channel: string, threadTs?: string, name: string, refused: (text: string) => void,
 *   editLast: (from: HTMLElement) => void}} Where `refused` shows an error the way Slackbot does, for the person alone;
 *   `editLast` edits the person's last message and gives the focus back to `from` */

/** @type {Map<string, string>} what is half written, by channel and thread */
const drafts = new Map();

/** @type {WeakRef<Composer> | null} the one that stands below the channel */
let live = null;

/** @param {string} as @param {string} channel */
function keyOf(as, channel, threadTs = "") {
  return `${as}/${channel}/${threadTs}`;
}

/**
 * Writes words into the composer of a channel, now or when that person comes there. What is half written stays.
 * @param {string} as @param {string} channel @param {string} text
 */
export function draft(as, channel, text) {
  const key = keyOf(as, channel);
  if (!drafts.get(key)?.trim()) drafts.set(key, text);
  live?.deref()?.refill(key);
}

/** @param {string} text @returns {{command: string, text: string} | null} */
function asCommand(text) {
  const found = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(text);
  return found ? { command: found[1], text: (found[2] || "").trim() } : null;
}

export class Composer {
  /** @param {Where} where */
  constructor(where) {
    this.where = where;
    this.key = keyOf(actor(), where.channel, where.threadTs);
    if (!where.threadTs) live = new WeakRef(this);
    const label = where.threadTs ? "Reply in thread" : `Message ${where.name}`;
    this.hintId = uid("usage");
    this.hint = h("p", { class: "usage", id: this.hintId, hidden: true });
    this.input = h("textarea", {
      rows: "1",
      dir: "auto",
      placeholder: where.threadTs ? "Reply…" : label,
      "aria-label": label,
      "aria-describedby": this.hintId,
    });
    this.send = h(
      "button",
      { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send (Enter)" },
      icon("send"),
    );
    this.frame = h("div", { class: "composer-frame" });
    this.completion = new Completion(this.input, this.frame);
    this.files = new ComposerFiles(this.key, this.frame, () => this.#typed());
    const field = { input: this.input, changed: () => this.#typed(), look: () => this.completion.look() };
    const tools = [this.files.button, writingTools(field), where.threadTs ? null : channelTools(field), this.send];
    this.frame.append(this.input, this.files.list, h("div", { class: "composer-tools" }, tools), this.files.picker);
    this.node = h(
      "form",
      {
        class: "composer",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.completion.node,
      this.hint,
      this.frame,
    );
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("paste", (event) => this.files.pasted(event));
    this.#fill(drafts.get(this.key) || "");
  }

  /** Takes over what was drafted for this place from outside. @param {string} key */
  refill(key) {
    if (key !== this.key || !this.node.isConnected) return;
    this.#fill(drafts.get(key) || "");
    this.input.focus();
  }

  /** @param {string} text */
  #fill(text) {
    this.input.value = text;
    this.#typed();
  }

  #typed() {
    const { input } = this;
    drafts.set(this.key, input.value);
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    this.send.disabled = !input.value.trim() && !this.files.chosen.length;
    const words = asCommand(input.value);
    const known =
      words && /\s/.test(input.value) ? allCommands().find(({ command }) => command.command === words.command) : null;
    this.hint.hidden = !known;
    this.hint.textContent = known
      ? [known.command.command, known.command.usage_hint, "—", known.command.description].filter(Boolean).join(" ")
      : "";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.shiftKey || event.ctrlKey || event.altKey) return;
    const corrects = event.key === "ArrowUp" && !event.metaKey && !this.input.value && !this.files.chosen.length;
    if (event.key !== "Enter" && !corrects) return;
    event.preventDefault();
    if (corrects) this.where.editLast(this.input);
    else this.#submit();
  }

  async #submit() {
    const typed = this.input.value;
    if (!typed.trim() && !this.files.chosen.length) return;
    this.completion.close();
    this.#fill("");
    try {
      await this.#deliver(typed.trim());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!this.input.value) this.#fill(typed);
      this.where.refused(error.message);
    }
  }

  /** @param {string} text */
  async #deliver(text) {
    const { channel, threadTs } = this.where;
    const words = asCommand(text);
    if (!words) {
      const files = this.files.chosen;
      const ids = files.length ? files.map((file) => file.id) : undefined;
      if (ids) this.files.keep([]);
      try {
        await post("say", { as: actor(), channel, text: withHandles(text), thread_ts: threadTs, files: ids });
      } catch (error) {
        if (ids) this.files.keep(files);
        throw error;
      }
      return;
    }
    if (threadTs) throw new Refused(`${words.command} is not supported in threads. Sorry!`);
    if (!allCommands().some(({ command }) => command.command === words.command)) {
      throw new Refused(`${words.command} is not a valid command. Type / to see what there is.`);
    }
    await post("command", { as: actor(), channel, command: words.command, text: withHandles(words.text) });
    did("command", words.command);
  }
}
