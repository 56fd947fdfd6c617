/** The listbox of a combobox: groups of options, one of them active. The focus stays in the field. */

import { h, icon, replace, uid } from "./dom.js";
import { announce } from "./toast.js";

/** @import {Option, OptionGroup} from "./combobox.js" */

/** So many are drawn at a time; whoever comes to the end gets as many more. Typing finds the others. */
const MOST_ROWS = 100;
const NEAR_END_PX = 200;

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
    /** @type {OptionGroup[]} */
    this.groups = [];
    /** @type {Set<string>} */
    this.chosen = new Set();
    this.most = MOST_ROWS;
    /** How many are not drawn. */
    this.left = 0;
    this.node.addEventListener("scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = this.node;
      if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.#more();
    });
  }

  /** @param {string} text instead of options */
  say(text) {
    this.left = 0;
    this.rows = [];
    this.active = -1;
    this.listbox.replaceChildren();
    this.status.textContent = text;
    this.status.hidden = false;
    announce(text);
  }

  /** @param {OptionGroup[]} groups @param {Set<string>} chosen values @param {boolean} searched */
  fill(groups, chosen, searched) {
    this.groups = groups;
    this.chosen = chosen;
    this.most = MOST_ROWS;
    this.#draw();
    if (!this.rows.length) {
      this.say(searched ? "No results" : "Nothing to choose from");
      return;
    }
    const start = this.rows.findIndex(({ option }) => chosen.has(option.value));
    this.#activate(searched || start < 0 ? 0 : start);
    const count = countOf(groups);
    if (searched) announce(`${count} ${count === 1 ? "result" : "results"}`);
  }

  #draw() {
    this.rows = [];
    this.active = -1;
    const shown = firstOf(this.groups, this.most);
    const nodes = shown.filter((group) => group.options.length).map((group) => this.#group(group));
    this.left = countOf(this.groups) - countOf(shown);
    this.status.hidden = !this.left;
    this.status.textContent = this.left ? `${this.left.toLocaleString("en-US")} more: type to find them` : "";
    replace(this.listbox, nodes);
  }

  /** @param {OptionGroup} group */
  #group(group) {
    const rows = group.options.map((option) => this.#row(option, this.chosen.has(option.value)));
    if (!group.label) return rows;
    const labelId = uid("group");
    const label = h("div", { class: "list-group", id: labelId, role: "presentation", dir: "auto" }, group.label);
    return [h("div", { role: "group", "aria-labelledby": labelId }, label, rows)];
  }

  /** Draws more of a long list, since somebody has come to the end of what is drawn. */
  #more() {
    if (!this.left) return;
    const { active } = this;
    const { scrollTop } = this.node;
    this.most += MOST_ROWS;
    this.#draw();
    this.node.scrollTop = scrollTop;
    this.#activate(active, false);
  }

  /** @param {Option} option @param {boolean} selected */
  #row(option, selected) {
    const node = h(
      "div",
      {
        role: "option",
        id: uid("option"),
        class: "option",
        "aria-selected": selected ? "true" : "false",
        "aria-disabled": option.disabled ? "true" : null,
        dir: "auto",
      },
      option.lead?.() || null,
      h(
        "span",
        { class: "option-text" },
        option.text,
        option.badge ? [" ", h("span", { class: "badge" }, option.badge)] : null,
        option.hint ? h("small", {}, option.hint) : null,
      ),
      selected ? icon("check") : null,
    );
    const index = this.rows.length;
    node.addEventListener("click", () => option.disabled || this.pick(option));
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
    if (step > 0 && this.active === this.rows.length - 1) this.#more();
    if (this.rows.length) this.#activate((this.active + step + this.rows.length) % this.rows.length);
  }

  activeId() {
    return this.rows[this.active]?.node.id;
  }

  /** The option that Enter takes. */
  activeOption() {
    const option = this.rows[this.active]?.option;
    return option && !option.disabled ? option : null;
  }
}

/** @param {OptionGroup[]} groups */
function countOf(groups) {
  return groups.reduce((sum, group) => sum + group.options.length, 0);
}

/** @param {OptionGroup[]} groups @param {number} most @returns {OptionGroup[]} the same groups, cut short */
function firstOf(groups, most) {
  let left = most;
  return groups.map((group) => {
    const options = group.options.slice(0, left);
    left -= options.length;
    return { ...group, options };
  });
}
