/** The listbox of a combobox: groups of options, one of them active. The focus stays in the field. */

import { h, icon, replace, uid } from "./dom.js";
import { announce } from "./toast.js";

/** @import {Option, OptionGroup} from "./combobox.js" */

export class OptionList {
  /** @param {boolean} multi @param {(option: Option) => void} pick */
  constructor(multi, pick) {
    this.multi = multi;
    this.pick = pick;
    this.id = uid("listbox");
    this.listbox = h("div", {
      role: "listbox",
      id: this.id,
      "aria-label": "Options",
      "aria-multiselectable": multi ? "true" : null,
    });
    this.status = h("p", { class: "list-status" });
    this.node = h("div", { class: "popup-list" }, this.status, this.listbox);
    /** @type {{option: Option, node: HTMLElement}[]} */
    this.rows = [];
    this.active = -1;
  }

  /** @param {string} text instead of options */
  say(text) {
    this.rows = [];
    this.active = -1;
    this.listbox.replaceChildren();
    this.status.textContent = text;
    this.status.hidden = false;
    announce(text);
  }

  /** @param {OptionGroup[]} groups @param {Set<string>} chosen values @param {boolean} searched */
  fill(groups, chosen, searched) {
    this.rows = [];
    const nodes = groups
      .filter((group) => group.options.length)
      .map((group) => {
        const rows = group.options.map((option) => this.#row(option, chosen.has(option.value)));
        if (!group.label) return rows;
        const labelId = uid("group");
        return [
          h(
            "div",
            { role: "group", "aria-labelledby": labelId },
            h("div", { class: "list-group", id: labelId, role: "presentation", dir: "auto" }, group.label),
            rows,
          ),
        ];
      });
    if (!this.rows.length) {
      this.say(searched ? "No results" : "Nothing to choose from");
      return;
    }
    this.status.hidden = true;
    replace(this.listbox, nodes);
    const start = this.rows.findIndex(({ option }) => chosen.has(option.value));
    this.#activate(searched || start < 0 ? 0 : start);
    if (searched) announce(`${this.rows.length} ${this.rows.length === 1 ? "result" : "results"}`);
  }

  /** @param {Option} option @param {boolean} selected */
  #row(option, selected) {
    const node = h(
      "div",
      { role: "option", id: uid("option"), class: "option", "aria-selected": selected ? "true" : "false", dir: "auto" },
      option.lead || null,
      h("span", { class: "option-text" }, option.text, option.hint ? h("small", {}, option.hint) : null),
      selected ? icon("check") : null,
    );
    const index = this.rows.length;
    node.addEventListener("click", () => this.pick(option));
    node.addEventListener("pointermove", () => this.#activate(index, false));
    this.rows.push({ option, node });
    return node;
  }

  /** @param {number} index @param {boolean} [scroll] */
  #activate(index, scroll = true) {
    this.rows[this.active]?.node.classList.remove("active");
    this.active = index;
    const node = this.rows[index]?.node;
    node?.classList.add("active");
    if (scroll) node?.scrollIntoView({ block: "nearest" });
  }

  /** @param {1 | -1} step */
  move(step) {
    if (this.rows.length) this.#activate((this.active + step + this.rows.length) % this.rows.length);
  }

  activeId() {
    return this.rows[this.active]?.node.id;
  }

  activeOption() {
    return this.rows[this.active]?.option || null;
  }
}
