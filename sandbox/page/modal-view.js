/** One view of a modal: its title bar, blocks, footer and the words about what went wrong. Sends nothing itself. */

import { avatar } from "./avatar.js";
import { focusable, showBlocks } from "./blocks.js";
import { h, icon, replace, uid } from "./dom.js";
import { showErrors } from "./input-block.js";
import { appById } from "./store.js";
import { Surface } from "./surface.js";
import { words } from "./text.js";

/** @import {View} from "./types.js" */

/** @typedef {{submit: () => void, back: () => void, closeAll: () => void}} Moves */

export class ModalView {
  /** @param {View} view @param {boolean} pushed whether there is a view to go back to @param {Moves} moves */
  constructor(view, pushed, moves) {
    this.view = view;
    this.surface = new Surface({ type: "view", view_id: view.id }, view.state?.values);
    this.titleId = uid("modal-title");
    this.title = h("h2", { id: this.titleId, dir: "auto" });
    this.banner = h("p", { class: "modal-banner", role: "alert", hidden: true });
    this.blocks = h("div", { class: "blocks" });
    this.footer = h("div", { class: "modal-footer" });
    this.moves = moves;
    /** @type {HTMLButtonElement | null} */
    this.submit = null;
    this.busy = false;
    const back = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Back", onclick: moves.back },
      icon("back"),
    );
    const close = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Close", onclick: moves.closeAll },
      icon("close"),
    );
    const app = appById(view.app_id);
    this.node = h(
      "form",
      {
        class: "modal-view",
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          moves.submit();
        },
      },
      h("div", { class: "modal-head" }, pushed ? back : app ? avatar({ app }, "small") : null, this.title, close),
      h("div", { class: "modal-body" }, this.banner, this.blocks),
      this.footer,
    );
    this.update(view);
  }

  /** @param {View} view the app's new version; what was typed stays where ids are the same */
  update(view) {
    this.view = view;
    this.title.textContent = words(view.title);
    showBlocks(this.blocks, view.blocks || [], this.surface);
    this.#foot();
  }

  #foot() {
    const { view } = this;
    const text = words(view.submit);
    const hasInput = view.blocks?.some((block) => block.type === "input");
    this.submit = text || hasInput ? h("button", { type: "submit", class: "button primary" }, text || "Submit") : null;
    const close = h(
      "button",
      { type: "button", class: "button", onclick: this.moves.back },
      words(view.close) || (this.submit ? "Cancel" : "Close"),
    );
    const focused = this.footer.contains(document.activeElement);
    replace(this.footer, close, this.submit);
    this.setBusy(this.busy);
    if (focused) (this.submit || close).focus();
  }

  /** @param {boolean} busy while the app decides; the button stays where it is, so that the focus does too */
  setBusy(busy) {
    this.busy = busy;
    this.node.classList.toggle("busy", busy);
    this.submit?.setAttribute("aria-disabled", String(busy || Boolean(this.view.submit_disabled)));
    this.submit?.setAttribute("aria-busy", String(busy));
  }

  /** Whether the form may be sent now. */
  get ready() {
    return !this.busy && !this.view.submit_disabled;
  }

  /** @param {string} text above the form; empty takes it away */
  say(text) {
    this.banner.textContent = text;
    this.banner.hidden = !text;
    if (text) this.banner.scrollIntoView({ block: "nearest" });
  }

  /** @param {Record<string, string>} errors by block_id; the focus goes to the first */
  refuse(errors) {
    const { first, homeless } = showErrors(this.blocks, errors);
    this.say(homeless.join(" "));
    const target = first || focusable(this.blocks);
    target?.focus();
    target?.closest(".block")?.scrollIntoView({ block: "nearest" });
  }

  /** The element that asked for the focus, else the first field, else the title's bar. */
  focusFirst() {
    const wanted = /** @type {HTMLElement | null} */ (this.blocks.querySelector("[autofocus]"));
    const field = /** @type {HTMLElement | null} */ (this.blocks.querySelector("input:not([hidden]), textarea, [data-field]"));
    (wanted || field || focusable(this.blocks) || focusable(this.footer))?.focus();
  }
}
