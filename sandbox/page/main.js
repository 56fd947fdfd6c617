/** Starts the page and keeps it in step: who acts, where, and what the stream brings. */

import { startActing } from "./acting.js";
import { Refused, get } from "./api.js";
import { learnTime } from "./clock.js";
import { startConditions } from "./conditions.js";
import { messageFrame, reloadConversation, retimeConversation } from "./conversation.js";
import { reloadHome, homeChanged } from "./home.js";
import { loadCalls, noteCall, startInspector } from "./inspector.js";
import { loadInvitations, startInvitations, startWorkspaces } from "./invitations.js";
import { leaveModals, loadModals, modalChanged, watchModalKeys } from "./modal.js";
import { loadChannels, startNewMessage } from "./new-message.js";
import { clearPlace, enter } from "./place.js";
import { openDrawer, startRail } from "./rail.js";
import { goTo, permalinkPlace, placeLink, readAddress } from "./route.js";
import { stepEnded } from "./steps.js";
import { actor, changed, channelById, learn, on, people, store } from "./store.js";
import { openStream } from "./stream.js";
import { toast } from "./toast.js";
import { startTour } from "./tour.js";

const RETRY_MS = 1500;
/** Permalinks open without saying who acts: then it is whoever acted last in this browser. */
const LAST_ACTOR = "sandbox-last-actor";
/** @type {() => void} */
let closeStream = () => {};

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {() => Promise<void>} work what may fail when the sandbox is away; the stream tries again by itself */
async function guarded(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!error.offline) toast(error.message, "problem");
  }
}

async function loadPeople() {
  const boot = await get("boot", { lean: 1 });
  if (boot.now) learnTime(boot.now);
  learn(boot);
  store.me = store.users.get(actor()) || people()[0] || null;
}

/** What one may do in the channel on screen: it is drawn again when this changes. */
function standing() {
  const channel = store.place?.kind === "channel" ? channelById(store.place.id) : undefined;
  return channel ? `${channel.is_member}/${channel.is_archived}` : String(store.place?.kind);
}

/** @param {boolean} online */
function setOnline(online) {
  store.online = online;
  byId("offline").hidden = online;
  changed("online");
}

/** @type {Record<string, (frame: any) => void>} */
const FRAMES = {
  message: messageFrame,
  message_changed: messageFrame,
  message_deleted: messageFrame,
  view: (frame) => modalChanged(frame.action, frame.view),
  home: (frame) => homeChanged(frame.app, frame.view),
  channels: () =>
    guarded(async () => {
      const before = standing();
      await loadChannels();
      if (standing() !== before) enter(store.place, true, null);
    }),
  users: () => guarded(loadPeople),
  invitations: () => guarded(loadInvitations),
  app: (frame) => {
    const app = store.apps.find((one) => one.id === frame.app);
    if (app) app.connected = frame.connected;
    else guarded(loadPeople);
    changed("apps");
  },
  clock: (frame) => {
    learnTime(frame.now);
    retimeConversation();
  },
  step: (frame) => stepEnded(frame.execution),
  call: (frame) => {
    noteCall(frame.call);
    changed("calls");
  },
};

/** Acts as somebody from now on. @param {string} userId */
function become(userId) {
  const from = document.activeElement;
  closeStream();
  leaveModals();
  store.me = store.users.get(userId) || people()[0] || null;
  store.channels = [];
  clearPlace();
  changed("people");
  localStorage.setItem(LAST_ACTOR, actor());
  let first = true;
  const as = actor();
  closeStream = openStream(as, {
    frame: (frame) => FRAMES[frame.type]?.(frame),
    lost: () => setOnline(false),
    hello: () =>
      guarded(async () => {
        setOnline(true);
        if (!first) await loadPeople();
        await loadChannels();
        if (as !== actor()) return;
        if (first) enter(readAddress().place, true, from);
        else await Promise.all([reloadConversation(), reloadHome()]);
        if (first) history.replaceState(null, "", placeLink(store.place));
        first = false;
        await Promise.all([loadModals(), loadCalls(), loadInvitations()]);
      }),
  });
}

function followAddress() {
  const { as, place } = readAddress();
  if (as && as !== actor() && store.users.has(as)) become(as);
  else enter(place);
}

function countUnread() {
  const unread = store.channels.reduce((sum, channel) => sum + (channel.unread || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
  byId("open-rail").classList.toggle("alarm", unread > 0);
}

function startChrome() {
  startRail(byId("rail-lists"));
  startWorkspaces(byId("workspaces"));
  startInvitations(byId("invitations"));
  startActing(
    /** @type {HTMLButtonElement} */ (byId("acting")),
    /** @type {HTMLDialogElement} */ (byId("acting-dialog")),
  );
  const write = startNewMessage(/** @type {HTMLDialogElement} */ (byId("new-message-dialog")));
  byId("new-message").addEventListener("click", write);
  startConditions(
    /** @type {HTMLButtonElement} */ (byId("conditions")),
    /** @type {HTMLDialogElement} */ (byId("conditions-dialog")),
  );
  startTour(byId("tour"), /** @type {HTMLButtonElement} */ (byId("open-tour")));
  startInspector(byId("inspector"), /** @type {HTMLButtonElement} */ (byId("open-inspector")));
  watchModalKeys();
  byId("skip").addEventListener("click", () => byId("place").focus());
  byId("open-rail").addEventListener("click", () => openDrawer(true));
  byId("close-rail").addEventListener("click", () => {
    openDrawer(false);
    byId("open-rail").focus();
  });
  byId("shade").addEventListener("click", () => openDrawer(false));
  byId("rail").addEventListener("keydown", (event) => {
    if (event.key === "Escape") openDrawer(false);
  });
  window.matchMedia("(max-width: 760px)").addEventListener("change", () => openDrawer(false));
  on("channels", countUnread);
  openDrawer(false);
}

async function start() {
  try {
    await loadPeople();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    byId("loading-words").textContent = "The workspace does not answer. Trying again…";
    window.setTimeout(start, RETRY_MS);
    return;
  }
  byId("workspace").textContent = store.team.name;
  byId("loading").remove();
  const { as, place } = readAddress();
  const user = store.users.get(as || localStorage.getItem(LAST_ACTOR) || "") || people()[0];
  if (!user) return;
  if (as !== user.id) goTo(place || permalinkPlace(location), user.id);
  window.addEventListener("hashchange", followAddress);
  become(user.id);
}

startChrome();
start();
