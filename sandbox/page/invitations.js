/** Invitations to share a channel with another workspace, and the way between the workspaces of this server. */

import { get, post } from "./api.js";
import { h, icon, replace, uid } from "./dom.js";
import { actor, on, store } from "./store.js";
import { toast } from "./toast.js";

/** @typedef {{id: string, from: string, to: string, inviter: string, channel: string, status: string,
 *   may_accept: boolean, may_approve: boolean}} Invitation */

/** @type {Invitation[]} */
let waiting = [];

/** @param {HTMLElement} nav links to the workspaces, where there are several */
export function startWorkspaces(nav) {
  on("people", () => {
    nav.hidden = store.workspaces.length < 2;
    replace(
      nav,
      ...store.workspaces.map((one) =>
        h("a", { href: `/?team=${one.id}`, "aria-current": one.id === store.team.id ? "true" : null }, one.name),
      ),
    );
  });
}

/** @param {Invitation} one */
function words(one) {
  if (one.status === "invited") return `${one.inviter} of ${one.from} invites ${one.to} to #${one.channel}.`;
  return `${one.to} accepted to share #${one.channel} of ${one.from}. An administrator of each side has to approve.`;
}

/** @param {string} name @param {Record<string, string>} what */
async function send(name, what) {
  try {
    await post(name, { as: actor(), ...what });
    await loadInvitations();
  } catch (error) {
    toast(/** @type {Error} */ (error).message, "problem");
  }
}

/** @param {Invitation} one */
function card(one) {
  const name = h("input", { class: "input", id: uid("channel"), value: one.channel, autocomplete: "off" });
  const button = (/** @type {string} */ text, /** @type {string} */ look, /** @type {() => void} */ press) => {
    const made = h("button", { type: "button", class: `button ${look}` }, text);
    made.addEventListener("click", press);
    return made;
  };
  const accept = () => send("accept_invitation", { invitation: one.id, name: name.value });
  return h(
    "li",
    {},
    h("p", {}, words(one)),
    one.may_accept ? h("label", { for: name.id }, "Name of the channel here") : null,
    one.may_accept ? name : null,
    one.may_accept ? button("Accept", "primary", accept) : null,
    one.may_approve ? button("Approve", "primary", () => send("approve_invitation", { invitation: one.id })) : null,
    one.may_approve ? button("Decline", "", () => send("decline_invitation", { invitation: one.id })) : null,
  );
}

function draw() {
  const button = /** @type {HTMLElement} */ (document.getElementById("invitations"));
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("invitations-dialog"));
  button.hidden = !waiting.length;
  button.textContent = waiting.length === 1 ? "1 invitation" : `${waiting.length} invitations`;
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
  close.addEventListener("click", () => dialog.close());
  replace(
    dialog,
    h("div", { class: "modal-head" }, h("h2", { id: "invitations-title" }, "Invitations to share a channel"), close),
    waiting.length
      ? h("ul", { class: "invitations" }, ...waiting.map(card))
      : h("p", { class: "hint" }, "Nothing waits for you. A channel that is shared now is in your list."),
  );
}

/** Fetches them again, for whoever acts now. */
export async function loadInvitations() {
  waiting = (await get("invitations", { as: actor() })).invitations;
  draw();
}

/** @param {HTMLElement} button opens the list; hidden while there is none */
export function startInvitations(button) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("invitations-dialog"));
  button.addEventListener("click", () => dialog.showModal());
}
