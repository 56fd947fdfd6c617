/** What an administrator closes: channels are archived, people deactivated; and each of them opened again. */

import { avatar } from "./avatar.js";
import { Combobox } from "./combobox.js";
import { h, hidden, replace, uid } from "./dom.js";
import { fromChannel, fromUser, matching } from "./el-select.js";
import { accounts, actor, fullName, people, store } from "./store.js";

/** @import {Json} from "./types.js" */
/** @import {Option} from "./combobox.js" */

/** @typedef {(name: string, wanted: Json, said?: string) => Promise<void>} Do */

/** What is closed at most is shown so far; more would bury the rest. */
const MOST_SHOWN = 20;

function archived() {
  return store.channels.filter((one) => one.is_archived);
}

function deactivated() {
  return accounts().filter((user) => user.deleted);
}

/** @param {Option[]} options @param {string} label @param {string} verb @param {(option: Option) => Promise<void>} run */
function chooser(options, label, verb, run) {
  const ids = { label: uid("closure"), field: uid("closure") };
  /** @type {Option | undefined} */
  let chosen;
  const combo = new Combobox({
    chosen: [],
    id: ids.field,
    labelId: ids.label,
    placeholder: "Choose",
    load: async (query) => matching([{ options }], query),
    choose: ([option]) => {
      chosen = option;
      return true;
    },
  });
  const button = h("button", { type: "button", class: "button" }, verb);
  button.addEventListener("click", async () => {
    if (!chosen) {
      combo.input.focus();
      return;
    }
    await run(chosen);
  });
  return h(
    "div",
    {},
    h("label", { class: "label", id: ids.label, for: ids.field }, label),
    h("div", { class: "chooser" }, combo.node, button),
  );
}

/** @param {Node | string} lead @param {string} who @param {string} state @param {string} label @param {() => void} undo */
function row(lead, who, state, label, undo) {
  const button = h("button", { type: "button", class: "button small", onclick: undo }, label, hidden(` ${who}`));
  return h("li", {}, h("span", { class: "closed", dir: "auto" }, lead, `${who} ${state}`), button);
}

export class ClosurePanel {
  /** @param {Do} run */
  constructor(run) {
    this.run = run;
    this.channels = h("div", {});
    this.people = h("div", {});
    this.node = h("section", { class: "closures" }, h("h3", {}, "Channels and people"), this.channels, this.people);
    this.drawnFrom = "";
  }

  draw() {
    const source = JSON.stringify([
      actor(),
      store.channels.map((one) => [one.id, one.name, one.is_archived]),
      deactivated().map((user) => user.id),
      store.users.size,
    ]);
    if (source === this.drawnFrom) return;
    this.drawnFrom = source;
    const focused = this.node.contains(document.activeElement);
    this.#channels();
    this.#people();
    if (focused) /** @type {HTMLElement | null} */ (this.node.querySelector("input"))?.focus();
  }

  #channels() {
    const open = store.channels.filter((one) => !one.is_im && !one.is_archived).map(fromChannel);
    const close = (/** @type {Option} */ one) => this.run("archive", { channel: one.value }, `${one.text} is archived.`);
    const rows = archived()
      .slice(0, MOST_SHOWN)
      .map((one) =>
        row("", `#${one.name}`, "is archived", "Open again", () => this.run("archive", { channel: one.id, archived: false })),
      );
    replace(this.channels, chooser(open, "A channel", "Archive", close), h("ul", { class: "fault-list" }, rows));
  }

  #people() {
    const others = people()
      .filter((user) => user.id !== actor())
      .map(fromUser);
    const close = (/** @type {Option} */ one) => this.run("deactivate", { user: one.value }, `${one.text} is deactivated.`);
    const rows = deactivated()
      .slice(0, MOST_SHOWN)
      .map((user) =>
        row(avatar({ user }, "tiny"), fullName(user), "is deactivated", "Let in again", () =>
          this.run("deactivate", { user: user.id, deleted: false }),
        ),
      );
    replace(this.people, chooser(others, "A person", "Deactivate", close), h("ul", { class: "fault-list" }, rows));
  }
}
