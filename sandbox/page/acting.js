/** "Act as": who the page speaks for. A searchable list of everybody in the workspace. */

import { avatar } from "./avatar.js";
import { h, icon, replace } from "./dom.js";
import { peoplePicker } from "./people-picker.js";
import { goTo } from "./route.js";
import { accounts, actor, fullName, guestMark, on, store } from "./store.js";

/** @import {User} from "./types.js" */
/** @import {Option, OptionGroup} from "./combobox.js" */

/** @param {User} user the hint says what can be tried as this person; without one the title has to do */
function roleOf(user) {
  return user.role_hint || user.profile?.title || "";
}

/** @param {User} user @returns {Option} */
function asOption(user) {
  const hint = [...new Set([user.role_hint, user.profile?.title])].filter(Boolean).join(" · ");
  return {
    value: user.id,
    text: fullName(user),
    hint: user.deleted ? [hint, "Cannot act any more"].filter(Boolean).join(" · ") : hint,
    badge: guestMark(user),
    disabled: user.deleted,
    lead: () => avatar({ user }, "small"),
    raw: user,
  };
}

/** @returns {Map<string, string>} the name of the smallest user group of each person: it says most of them */
function smallestGroups() {
  const largestFirst = [...store.usergroups].sort((a, b) => b.users.length - a.users.length);
  return new Map(largestFirst.flatMap((group) => group.users.map((id) => [id, group.name])));
}

/** @param {User} user @param {Map<string, string>} groups @param {Set<string>} inTour */
function groupOf(user, groups, inTour) {
  if (user.deleted) return "Deactivated";
  if (guestMark(user)) return "Guests and people from elsewhere";
  if (inTour.has(user.id)) return "In the tour";
  return groups.get(user.id) || "Everybody else";
}

/** @returns {OptionGroup[]} everybody: those of the tour first, whoever cannot act last */
export function everybody() {
  const groups = smallestGroups();
  const inTour = new Set(store.tour.map((step) => step.as || ""));
  const last = ["Everybody else", "Guests and people from elsewhere", "Deactivated"];
  const order = ["In the tour", ...[...new Set(groups.values())].sort((a, b) => a.localeCompare(b)), ...last];
  /** @type {Map<string, Option[]>} */
  const found = new Map(order.map((name) => [name, []]));
  for (const user of accounts().filter((one) => !one.elsewhere)) found.get(groupOf(user, groups, inTour))?.push(asOption(user));
  const labelled = found.size > 1;
  return [...found].map(([label, options]) => ({ label: labelled ? label : undefined, options }));
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

/** @param {HTMLButtonElement} button @param {HTMLDialogElement} dialog */
export function startActing(button, dialog) {
  for (const what of /** @type {const} */ (["people", "channels"])) on(what, () => drawButton(button));
  const open = peoplePicker(dialog, {
    title: "Act as",
    label: "Find a person",
    hint: "You see and do what this person would. Nothing here reaches a real workspace.",
    groups: everybody,
    chosen: actor,
    pick: (option) => option.value !== actor() && goTo(store.place, option.value),
  });
  button.addEventListener("click", open);
}
