/** "Act as": who the page speaks for. A searchable list of everybody in the workspace. */

import { avatar } from "./avatar.js";
import { h, icon, replace } from "./dom.js";
import { OptionList } from "./option-list.js";
import { goTo } from "./route.js";
import { fullName, guestMark, on, people, store } from "./store.js";

/** @import {User} from "./types.js" */
/** @import {Option} from "./combobox.js" */

/** @param {User} user */
function roleOf(user) {
  return [...new Set([user.profile?.title, user.role_hint])].filter(Boolean).join(" · ");
}

/** @param {User} user @returns {Option} */
function asOption(user) {
  const hint = [roleOf(user), guestMark(user)].filter(Boolean).join(" · ");
  return { value: user.id, text: fullName(user), hint, lead: avatar({ user }, "small"), raw: user };
}

/** @param {HTMLElement} button */
function drawButton(button) {
  const user = store.me;
  if (!user) return;
  replace(
    button,
    avatar({ user }, "small"),
    h(
      "span",
      { class: "acting-words" },
      h("span", { class: "acting-label" }, "Acting as"),
      h(
        "span",
        { class: "acting-name", dir: "auto" },
        fullName(user),
        guestMark(user) ? h("span", { class: "badge" }, guestMark(user).toUpperCase()) : null,
      ),
      h("span", { class: "acting-role", dir: "auto" }, roleOf(user)),
    ),
    icon("down"),
  );
}

/** @param {OptionList} list @param {HTMLInputElement} search */
function fill(list, search) {
  const parts = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const options = people()
    .map(asOption)
    .filter((one) => parts.every((part) => `${one.text} ${one.hint}`.toLocaleLowerCase().includes(part)));
  list.fill([{ options }], new Set(store.me ? [store.me.id] : []), parts.length > 0);
  search.setAttribute("aria-activedescendant", list.activeId() || "");
}

/** @param {HTMLButtonElement} button @param {HTMLDialogElement} dialog */
export function startActing(button, dialog) {
  for (const what of /** @type {const} */ (["people", "channels"])) on(what, () => drawButton(button));
  const list = new OptionList(false, (option) => choose(option));
  const search = h("input", {
    type: "text",
    class: "input",
    role: "combobox",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-label": "Find a person",
    placeholder: "Find by name, title or role",
    autocomplete: "off",
  });
  const close = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() },
    icon("close"),
  );
  replace(
    dialog,
    h("div", { class: "modal-head" }, h("h2", { id: "acting-title" }, "Act as"), close),
    h(
      "div",
      { class: "acting-body" },
      h("p", { class: "hint" }, "You see and do what this person would. Nothing here reaches a real workspace."),
      search,
      list.node,
    ),
  );

  /** @param {Option} option */
  function choose(option) {
    dialog.close();
    if (option.value !== store.me?.id) goTo(store.place, option.value);
  }

  search.addEventListener("input", () => fill(list, search));
  search.addEventListener("keydown", (event) => {
    const option = list.activeOption();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && option) choose(option);
    else return;
    event.preventDefault();
    search.setAttribute("aria-activedescendant", list.activeId() || "");
  });
  button.addEventListener("click", () => {
    search.value = "";
    dialog.showModal();
    fill(list, search);
    search.focus();
  });
}
