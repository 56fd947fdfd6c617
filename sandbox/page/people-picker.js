/** A dialog in which one finds a person by typing. Decides how it is searched; who is offered is its caller's business. */

import { h, icon, replace, uid } from "./dom.js";
import { OptionList } from "./option-list.js";

/** @import {Option, OptionGroup} from "./combobox.js" */

/**
 * @param {HTMLDialogElement} dialog
 * @param {{title: string, hint: string, label: string, groups: () => OptionGroup[], chosen: () => string,
 *   pick: (option: Option) => void}} wish
 * @returns {() => void} opens it
 */
export function peoplePicker(dialog, { title, hint, label, groups, chosen, pick }) {
  const titleId = uid("picker");
  const list = new OptionList(false, (option) => choose(option));
  const search = h("input", {
    type: "text",
    class: "input",
    role: "combobox",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-label": label,
    placeholder: "Find by name, title or role",
    autocomplete: "off",
  });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
  close.addEventListener("click", () => dialog.close());
  dialog.classList.add("picker");
  dialog.setAttribute("aria-labelledby", titleId);
  replace(
    dialog,
    h("div", { class: "modal-head" }, h("h2", { id: titleId }, title), close),
    h("div", { class: "picker-body" }, h("p", { class: "hint" }, hint), search, list.node),
  );

  /** @type {OptionGroup[]} as it was when the dialog was opened */
  let all = [];

  function fill() {
    const parts = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = (/** @type {Option} */ one) =>
      parts.every((part) => `${one.text} ${one.hint || ""} ${one.badge || ""}`.toLocaleLowerCase().includes(part));
    const found = all.map((group) => ({ ...group, options: group.options.filter(fits) }));
    list.fill(found, new Set([chosen()]), parts.length > 0);
    point();
  }

  function point() {
    const id = list.activeId();
    if (id) search.setAttribute("aria-activedescendant", id);
    else search.removeAttribute("aria-activedescendant");
  }

  /** @param {Option} option */
  function choose(option) {
    dialog.close();
    pick(option);
  }

  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    const option = list.activeOption();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && option) choose(option);
    else return;
    event.preventDefault();
    point();
  });
  return () => {
    search.value = "";
    all = groups();
    dialog.showModal();
    fill();
    search.focus();
  };
}
