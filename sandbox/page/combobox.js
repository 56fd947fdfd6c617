/**
 * A field with a list to choose from, one or several, with type-ahead. Decides how keys move in the list and what
 * the field shows; where the options come from is the `load` function's business.
 */

import { Refused } from "./api.js";
import { h, icon, replace } from "./dom.js";
import { OptionList } from "./option-list.js";
import { openPopup, whenOutside } from "./popup.js";

/**
 * @typedef {{value: string, text: string, hint?: string, badge?: string, disabled?: boolean, lead?: () => Node, raw: any}} Option `lead` draws what stands before the text
 * @typedef {{label?: string, options: Option[]}} OptionGroup
 * @typedef {{multi?: boolean, chosen: Option[], placeholder?: string, id?: string, labelId?: string, describedBy?: string,
 *   required?: boolean, clearable?: boolean, max?: number, minQuery?: number, pauseMs?: number, focusOnLoad?: boolean,
 *   load: (query: string) => Promise<OptionGroup[]>,
 *   choose: (chosen: Option[]) => Promise<boolean> | boolean}} Wish `choose` answers false to refuse the change
 */

export class Combobox {
  /** @param {Wish} wish */
  constructor(wish) {
    this.wish = wish;
    this.chosen = wish.chosen;
    this.list = new OptionList(Boolean(wish.multi), (option) => this.pick(option));
    this.input = h("input", {
      type: "text",
      role: "combobox",
      class: "combo-input",
      id: wish.id,
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-controls": this.list.id,
      "aria-labelledby": wish.labelId,
      "aria-label": wish.labelId ? null : wish.placeholder || "Choose",
      "aria-describedby": wish.describedBy,
      "aria-required": wish.required ? "true" : null,
      autofocus: wish.focusOnLoad,
      dir: "auto",
    });
    this.chips = h("span", { class: "chips" });
    this.clear = h(
      "button",
      { type: "button", class: "icon-button combo-clear", "aria-label": "Clear" },
      icon("close"),
    );
    this.frame = h("div", { class: "combo" }, this.chips, this.input, this.clear, icon("down"));
    this.node = h("div", { class: `combo-frame${wish.multi ? " multi" : ""}` }, this.frame, this.list.node);
    this.list.node.popover = "manual";
    /** @type {(() => void) | null} */
    this.hide = null;
    this.asked = 0;
    this.timer = 0;
    // Enter may be faster than the options: then it takes the first of those that fit what was typed.
    this.searching = false;
    this.enterWaits = false;
    this.#listen();
    this.show();
  }

  #listen() {
    const { input, frame, list } = this;
    frame.addEventListener("pointerdown", (event) => {
      if (/** @type {Element} */ (event.target).closest("button")) return;
      if (event.target !== input) event.preventDefault();
      input.focus();
      this.open();
    });
    input.addEventListener("input", () => this.search(input.value));
    input.addEventListener("keydown", (event) => this.key(event));
    list.node.addEventListener("pointerdown", (event) => event.preventDefault());
    this.clear.addEventListener("click", () => {
      this.set([]);
      input.focus();
    });
  }

  /** Draws the choice in the field. */
  show() {
    const { chosen, wish, input } = this;
    input.placeholder = chosen.length && wish.multi ? "" : wish.placeholder || "";
    if (wish.multi)
      replace(
        this.chips,
        chosen.map((option) => this.#chip(option)),
      );
    else if (!this.hide) input.value = chosen[0]?.text || "";
    this.clear.hidden = wish.multi || !wish.clearable || !chosen.length;
  }

  /** @param {Option} option */
  #chip(option) {
    const remove = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": `Remove ${option.text}` },
      icon("close"),
    );
    remove.addEventListener("click", () => {
      this.set(this.chosen.filter((one) => one.value !== option.value));
      this.input.focus();
    });
    return h("span", { class: "chip", dir: "auto" }, option.text, remove);
  }

  /** @param {boolean} [typing] what stands in the field is a query already, not the choice */
  open(typing = false) {
    if (this.hide) return;
    this.input.setAttribute("aria-expanded", "true");
    const hide = openPopup(this.list.node, this.frame, { match: true });
    const stop = whenOutside([this.node], () => this.close());
    this.hide = () => {
      stop();
      hide();
    };
    if (typing) return;
    if (!this.wish.multi) this.input.select();
    this.search("", true);
  }

  close() {
    window.clearTimeout(this.timer);
    this.asked += 1;
    this.searching = false;
    this.hide?.();
    this.hide = null;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.wish.multi) this.input.value = "";
    this.show();
  }

  /** @param {string} query @param {boolean} [now] without waiting for a pause in typing */
  search(query, now = false) {
    if (!this.hide) this.open(true);
    window.clearTimeout(this.timer);
    this.enterWaits = false;
    this.asked += 1;
    const { minQuery = 0, pauseMs = 0 } = this.wish;
    if (query.trim().length < minQuery) {
      this.searching = false;
      this.list.say(minQuery > 1 ? `Type at least ${minQuery} characters` : "Type to search");
      return;
    }
    this.searching = true;
    if (now || !pauseMs) this.#load(query.trim());
    else this.timer = window.setTimeout(() => this.#load(query.trim()), pauseMs);
  }

  /** @param {string} query */
  async #load(query) {
    const mine = this.asked;
    const waiting = window.setTimeout(() => this.list.say("Searching…"), 250);
    try {
      const groups = await this.wish.load(query);
      if (mine !== this.asked) return;
      this.searching = false;
      this.list.fill(groups, new Set(this.chosen.map((option) => option.value)), Boolean(query));
      const option = this.list.activeOption();
      if (this.enterWaits && option) this.pick(option);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (mine !== this.asked) return;
      this.searching = false;
      this.list.say(error.message);
    } finally {
      window.clearTimeout(waiting);
      this.#point();
    }
  }

  #point() {
    const active = this.list.activeId();
    if (active && this.hide) this.input.setAttribute("aria-activedescendant", active);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Option} option */
  async pick(option) {
    const { wish, chosen } = this;
    if (!wish.multi) {
      this.input.value = option.text;
      this.chosen = [option];
      this.close();
      await this.set([option], chosen);
      return;
    }
    const has = chosen.some((one) => one.value === option.value);
    if (!has && wish.max && chosen.length >= wish.max) {
      this.list.say(`You can choose up to ${wish.max}.`);
      return;
    }
    this.input.value = "";
    await this.set(has ? chosen.filter((one) => one.value !== option.value) : [...chosen, option]);
    if (this.hide) this.search("", true);
  }

  /** @param {Option[]} chosen @param {Option[]} [before] what to go back to when the change is refused */
  async set(chosen, before = this.chosen) {
    this.chosen = chosen;
    this.show();
    if (await this.wish.choose(chosen)) return;
    this.chosen = before;
    this.show();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const open = Boolean(this.hide);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.list.move(event.key === "ArrowDown" ? 1 : -1);
      else this.open();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = open ? this.list.activeOption() : null;
      if (open && this.searching) this.enterWaits = true;
      else if (option) this.pick(option);
      else if (!open) this.open();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && open) this.close();
    else if (event.key === "Backspace" && this.wish.multi && !this.input.value) this.set(this.chosen.slice(0, -1));
    this.#point();
  }
}
