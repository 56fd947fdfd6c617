/** An app on screen: its Home tab and the messages one has with it. */

import { get, post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { showConversation } from "./conversation.js";
import { did } from "./deeds.js";
import { h, replace } from "./dom.js";
import { placeLink } from "./route.js";
import { actor, channelById, store } from "./store.js";
import { Surface } from "./surface.js";
import { report } from "./toast.js";

/** @import {App, View} from "./types.js" */

/** @type {{app: string, surface: Surface | null, blocks: HTMLElement, pushes: number} | null} */
let shown = null;

/** @param {App} app @param {"home" | "messages"} tab */
export function tabs(app, tab) {
  const link = (/** @type {"home" | "messages"} */ name, /** @type {string} */ text) =>
    h(
      "a",
      {
        href: placeLink({ kind: "app", id: app.id, tab: name }),
        "aria-current": tab === name ? "page" : null,
      },
      text,
    );
  return h(
    "nav",
    { class: "tabs", "aria-label": `${app.name} tabs` },
    app.home_tab ? link("home", "Home") : null,
    link("messages", "Messages"),
  );
}

/** @param {View | null} view */
function drawHome(view) {
  if (!shown) return;
  if (!view) {
    replace(shown.blocks, h("p", { class: "empty" }, "This app has not put anything here for this person yet."));
    return;
  }
  shown.blocks.querySelector(".empty")?.remove();
  if (!shown.surface || shown.surface.container.view_id !== view.id)
    shown.surface = new Surface({ type: "view", view_id: view.id }, view.state?.values);
  showBlocks(shown.blocks, view.blocks || [], shown.surface);
}

/** @param {string} app @param {View | null} view an app published a Home */
export function homeChanged(app, view) {
  if (shown?.app !== app) return;
  shown.pushes += 1;
  drawHome(view);
}

/** Fetches the Home that is on screen again. */
export async function reloadHome() {
  if (!shown) return;
  const asked = shown;
  const { pushes } = asked;
  const { view } = await get("home", { as: actor(), app: asked.app });
  // What was pushed meanwhile is newer than this answer.
  if (shown === asked && asked.pushes === pushes) drawHome(view);
}

export function leaveHome() {
  shown = null;
}

/** @param {HTMLElement} frame @param {App} app */
function showHome(frame, app) {
  const blocks = h("div", { class: "blocks" });
  shown = { app: app.id, surface: null, blocks, pushes: 0 };
  replace(frame, h("div", { class: "home", role: "region", "aria-label": `${app.name} Home`, tabindex: "0" }, blocks));
  return reloadHome();
}

/** @param {HTMLElement} frame @param {string} channelId @param {App} app */
function showMessages(frame, channelId, app) {
  const channel = channelById(channelId) || {
    id: channelId,
    name: app.name,
    is_im: true,
    is_private: true,
    is_archived: false,
    is_member: true,
    user: app.bot_user_id,
    unread: 0,
  };
  showConversation(frame, channel, { writable: app.writable ?? app.messages_tab });
}

/**
 * Shows a tab of an app and tells the app that it was opened.
 * @param {HTMLElement} frame @param {App} app @param {"home" | "messages"} tab
 */
export async function showApp(frame, app, tab) {
  const as = actor();
  const opened = post("home_opened", { as, app: app.id, tab });
  try {
    if (tab === "home") {
      await showHome(frame, app);
      await opened;
      did("open", tab);
      return;
    }
    const { channel } = await opened;
    did("open", tab);
    const here = store.place;
    if (actor() === as && here?.kind === "app" && here.id === app.id && here.tab === "messages")
      showMessages(frame, channel, app);
  } catch (error) {
    report(error);
  }
}
