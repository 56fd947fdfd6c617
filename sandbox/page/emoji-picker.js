/** A small choice of emoji next to a button: the usual ones first, all others by name. What becomes of one is its caller's. */

import { h, replace, uid } from "./dom.js";
import { emoji, findEmoji } from "./emoji.js";
import { openPopup, whenOutside } from "./popup.js";
import { announce } from "./toast.js";

const COLUMNS = 8;

class Picker {
  /** @param {(name: string) => void} pick @param {() => void} leave */
  constructor(pick, leave) {
    this.pick = pick;
    this.leave = leave;
    this.gridId = uid("emoji");
    this.search = h("input", {
      type: "text",
      class: "input",
      role: "combobox",
      "aria-label": "Find an emoji",
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      "aria-controls": this.gridId,
      placeholder: "Find an emoji",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.grid = h("div", { class: "emoji-grid", role: "listbox", id: this.gridId, "aria-label": "Emoji" });
    this.name = h("p", { class: "emoji-name", "aria-hidden": "true" });
    this.node = h(
      "div",
      { class: "emoji-picker", role: "dialog", "aria-label": "Choose an emoji" },
      this.search,
      this.grid,
      this.name,
    );
    /** @type {{name: string, node: HTMLElement}[]} */
    this.cells = [];
    this.active = 0;
    this.search.addEventListener("input", () => this.fill());
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.grid.addEventListener("pointerdown", (event) => event.preventDefault());
    this.fill();
  }

  fill() {
    const names = findEmoji(this.search.value);
    this.cells = names.map((name, index) => {
      const node = h(
        "div",
        { role: "option", id: uid("emoji"), class: "emoji-cell", "aria-selected": "false", "aria-label": name },
        emoji(name) || "",
      );
      node.addEventListener("click", () => this.pick(name));
      node.addEventListener("pointermove", () => this.#activate(index, false));
      return { name, node };
    });
    replace(
      this.grid,
      this.cells.map(({ node }) => node),
    );
    this.#activate(0);
    if (!names.length) announce("No emoji of that name");
    this.name.textContent = names.length ? this.name.textContent : "No emoji of that name";
  }

  /** @param {number} index @param {boolean} [scroll] */
  #activate(index, scroll = true) {
    this.cells[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = index;
    const cell = this.cells[index];
    if (!cell) {
      this.search.removeAttribute("aria-activedescendant");
      return;
    }
    cell.node.setAttribute("aria-selected", "true");
    this.search.setAttribute("aria-activedescendant", cell.node.id);
    this.name.textContent = `:${cell.name}:`;
    if (scroll) cell.node.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (step) this.#activate(Math.max(0, Math.min(this.active + step, this.cells.length - 1)));
    else if (event.key === "Enter" && this.cells[this.active]) this.pick(this.cells[this.active].name);
    else if (event.key === "Escape" || event.key === "Tab") this.leave();
    else return;
    event.preventDefault();
  }
}

/**
 * Makes `button` open the choice. It stands at the end of the page, so that it outlives a redrawn message.
 * @param {HTMLButtonElement} button @param {(name: string) => void} pick
 * @param {() => HTMLElement | null} back where the focus goes then: the button may have been drawn anew
 * @param {{above?: boolean, end?: boolean}} [how]
 */
export function emojiButton(button, pick, back, how = {}) {
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  /** @type {(() => void) | null} */
  let close = null;

  function open() {
    const picker = new Picker(
      (name) => {
        close?.();
        back()?.focus();
        pick(name);
      },
      () => {
        close?.();
        back()?.focus();
      },
    );
    (button.closest("dialog") || document.body).append(picker.node);
    button.setAttribute("aria-expanded", "true");
    const hide = openPopup(picker.node, button, how);
    const stop = whenOutside([picker.node, button], () => close?.());
    close = () => {
      close = null;
      stop();
      hide();
      picker.node.remove();
      button.setAttribute("aria-expanded", "false");
    };
    picker.search.focus();
  }

  button.addEventListener("click", () => (close ? close() : open()));
}
