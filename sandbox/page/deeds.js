/** What the acting person has just done with an app, for whoever follows it. Decides nothing and remembers nothing. */

/** @typedef {"command" | "submit" | "press" | "open"} Kind a command sent, a form taken, a button pressed, a tab opened */

const events = new EventTarget();

/** @param {Kind} kind @param {string} name the command, the callback_id, the action_id, or the tab */
export function did(kind, name) {
  events.dispatchEvent(new CustomEvent("deed", { detail: { kind, name } }));
}

/** @param {(deed: {kind: Kind, name: string}) => void} listener */
export function onDeed(listener) {
  events.addEventListener("deed", (event) => listener(/** @type {CustomEvent} */ (event).detail));
}
