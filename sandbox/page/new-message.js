/** Starts a direct message with anybody, joins and leaves channels. Decides nothing that the sandbox decides. */

import { everybody } from "./acting.js";
import { get, post } from "./api.js";
import { avatar } from "./avatar.js";
import { peoplePicker } from "./people-picker.js";
import { goTo } from "./route.js";
import { actor, changed, store } from "./store.js";
import { report } from "./toast.js";

/** @import {OptionGroup} from "./combobox.js" */

/** Fetches the list of channels, unless somebody else acts by the time it comes. */
export async function loadChannels() {
  const as = actor();
  const { channels } = await get("channels", { as });
  if (as !== actor()) return;
  store.channels = channels;
  changed("channels");
}

/** @returns {OptionGroup[]} */
function apps() {
  const options = store.apps.map((app) => ({
    value: app.bot_user_id,
    text: app.name,
    hint: app.description,
    badge: "App",
    lead: () => avatar({ app }, "small"),
    raw: app,
  }));
  return [{ label: "Apps", options }];
}

/** @param {string} user opens the direct message with them, and goes there */
async function writeTo(user) {
  try {
    const { channel } = await post("open_im", { as: actor(), user });
    await loadChannels();
    goTo({ kind: "channel", id: channel });
  } catch (error) {
    report(error);
  }
}

/** @param {HTMLDialogElement} dialog @returns {() => void} opens it */
export function startNewMessage(dialog) {
  return peoplePicker(dialog, {
    title: "New message",
    label: "Whom to write to",
    hint: "Whom would you like to write to?",
    groups: () => [...everybody(), ...apps()],
    chosen: () => "",
    pick: (option) => writeTo(option.value),
  });
}

/** @param {"join" | "leave"} deed @param {string} channel */
export async function membership(deed, channel) {
  try {
    await post(deed, { as: actor(), channel });
  } catch (error) {
    report(error);
  }
}
