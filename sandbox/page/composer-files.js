/** Files about to be sent with a message. They are uploaded when they are picked; nobody else sees them until then. */

import { upload } from "./api.js";
import { h, icon, replace } from "./dom.js";
import { chosenFile, whenDropped } from "./el-file.js";
import { actor } from "./store.js";
import { announce, report, toast } from "./toast.js";

/** @import {Json} from "./types.js" */

const MOST_FILES = 10;

/** @type {Map<string, Json[]>} what waits to be sent, by person, channel and thread, as drafts do */
const waiting = new Map();

export class ComposerFiles {
  /** @param {string} key of the draft @param {HTMLElement} frame where files may be dropped @param {() => void} changed */
  constructor(key, frame, changed) {
    this.key = key;
    this.changed = changed;
    this.list = h("ul", { class: "chosen-files", "aria-label": "Files to send" });
    this.picker = h("input", { type: "file", hidden: true, multiple: true, tabindex: "-1" });
    this.button = h(
      "button",
      { type: "button", class: "icon-button attach", "aria-label": "Attach files", title: "Attach files" },
      icon("plus"),
    );
    this.button.addEventListener("click", () => this.picker.click());
    this.picker.addEventListener("change", () => {
      const files = [...(this.picker.files || [])];
      this.picker.value = "";
      this.take(files);
    });
    whenDropped(frame, (files) => this.take(files));
    this.draw();
  }

  /** @returns {Json[]} */
  get chosen() {
    return waiting.get(this.key) || [];
  }

  /** @param {Json[]} files */
  keep(files) {
    const focused = this.list.contains(document.activeElement);
    waiting.set(this.key, files);
    this.draw();
    if (focused) this.button.focus();
    this.changed();
  }

  draw() {
    replace(
      this.list,
      this.chosen.map((file) => chosenFile(file, () => this.keep(this.chosen.filter((one) => one !== file)))),
    );
    this.list.hidden = !this.chosen.length;
  }

  /** @param {ClipboardEvent} event pictures and files can be pasted */
  pasted(event) {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    this.take(files);
  }

  /** @param {File[]} files */
  async take(files) {
    const room = files.slice(0, MOST_FILES - this.chosen.length);
    if (room.length < files.length) toast(`No more than ${MOST_FILES} files fit in a message.`, "problem");
    this.button.setAttribute("aria-busy", "true");
    try {
      for (const file of room) {
        const kept = await upload(actor(), file);
        this.keep([...this.chosen, kept]);
        announce(`${file.name} is attached.`);
      }
    } catch (error) {
      report(error);
    } finally {
      this.button.removeAttribute("aria-busy");
    }
  }
}
