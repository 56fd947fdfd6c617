/** A button that opens a menu: arrow keys, first letters, Escape; the focus comes back to the button. */

import { h, uid } from "./dom.js";
import { openPopup, whenOutside } from "./popup.js";

/** @typedef {{label: string, hint?: string, group?: string, danger?: boolean, href?: string, run: () => void}} Item */

/** @param {Item[]} items @param {string} labelledBy */
function list(items, labelledBy) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  let group = "";
  for (const item of items) {
    if (item.group && item.group !== group) {
      group = item.group;
      nodes.push(h("div", { class: "menu-group", role: "presentation" }, group));
    }
    const attributes = { role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null };
    const content = [h("span", { dir: "auto" }, item.label), item.hint ? h("small", { dir: "auto" }, item.hint) : null];
    const node = item.href
      ? h("a", { ...attributes, href: item.href, target: "_blank", rel: "noopener noreferrer" }, content)
      : h("button", { ...attributes, type: "button" }, content);
    nodes.push(node);
  }
  return h("div", { class: "menu", role: "menu", "aria-labelledby": labelledBy }, nodes);
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event @returns {HTMLElement | undefined} where the focus goes */
function nextItem(menu, event) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role=menuitem]")]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  switch (event.key) {
    case "ArrowDown":
      return items[(at + 1) % items.length];
    case "ArrowUp":
      return items[(at - 1 + items.length) % items.length];
    case "Home":
      return items[0];
    case "End":
      return items[items.length - 1];
    default: {
      if (event.key.length !== 1) return undefined;
      const letter = event.key.toLowerCase();
      const turned = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      return turned.find((item) => item.textContent?.toLowerCase().startsWith(letter));
    }
  }
}

/**
 * Makes `button` open a menu.
 * @param {HTMLButtonElement} button @param {() => Item[]} items asked for at each opening
 * @param {{above?: boolean, end?: boolean}} [how]
 */
export function menuButton(button, items, how = {}) {
  button.id ||= uid("menu");
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  /** @type {(() => void) | null} */
  let close = null;

  function open() {
    const offered = items();
    const menu = list(offered, button.id);
    button.after(menu);
    button.setAttribute("aria-expanded", "true");
    const hide = openPopup(menu, button, how);
    const stop = whenOutside([menu, button], () => close?.());
    close = () => {
      close = null;
      stop();
      hide();
      menu.remove();
      button.setAttribute("aria-expanded", "false");
    };
    const nodes = [...menu.querySelectorAll("[role=menuitem]")];
    nodes.forEach((node, index) =>
      node.addEventListener("click", () => {
        close?.();
        button.focus();
        offered[index].run();
      }),
    );
    menu.addEventListener("keydown", (event) => keys(menu, event));
    /** @type {HTMLElement} */ (nodes[0])?.focus();
  }

  /** @param {HTMLElement} menu @param {KeyboardEvent} event */
  function keys(menu, event) {
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      close?.();
      button.focus();
      return;
    }
    event.stopPropagation();
    const next = nextItem(menu, event);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  button.addEventListener("click", () => (close ? close() : open()));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || close) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
}
