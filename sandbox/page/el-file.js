/** `file_input`: files picked from this machine go to the workspace at once; the form holds what it answers. */

import { upload } from "./api.js";
import { fileSize } from "./attachments.js";
import { h, icon, replace } from "./dom.js";
import { ownUrl } from "./references.js";
import { actor } from "./store.js";
import { announce, report, toast } from "./toast.js";

/** @import {Json} from "./types.js" */
/** @import {DrawElement} from "./elements.js" */

const MOST_FILES = 10;

/** @param {string} name @param {string[]} types file endings without the dot; none allows all */
function allowed(name, types) {
  return !types.length || types.some((type) => name.toLowerCase().endsWith(`.${type.toLowerCase()}`));
}

/** @type {DrawElement} */
export function fileInput(element, setting) {
  const { surface, blockId } = setting;
  const types = element.filetypes || [];
  const most = element.max_files ?? MOST_FILES;
  /** @type {Json[]} */
  let chosen = surface.begin(blockId, element, { files: element.initial_files || [] }).files;
  const list = h("ul", { class: "chosen-files" });
  const add = h(
    "button",
    {
      type: "button",
      class: "button",
      id: setting.fieldId,
      "aria-labelledby": setting.labelId ? `${setting.fieldId} ${setting.labelId}` : null,
      "aria-describedby": setting.describedBy,
      "data-field": "",
    },
    icon("plus"),
    most === 1 ? "Add file" : "Add files",
  );
  const accept = types.map((/** @type {string} */ type) => `.${type}`).join(",") || null;
  const picker = h("input", { type: "file", hidden: true, multiple: most > 1, accept, tabindex: "-1" });

  function draw() {
    replace(
      list,
      chosen.map((file) => chosenFile(file, () => keep(chosen.filter((one) => one !== file)))),
    );
    list.hidden = !chosen.length;
    add.setAttribute("aria-disabled", String(chosen.length >= most));
  }

  /** @param {Json[]} files */
  async function keep(files) {
    const focused = list.contains(document.activeElement);
    chosen = files;
    surface.set(blockId, element, { files: chosen });
    draw();
    if (focused) add.focus();
    if (setting.dispatch) await surface.act(blockId, element, { files: chosen }, node);
  }

  /** @param {File[]} files */
  async function take(files) {
    const fitting = files.filter((file) => allowed(file.name, types));
    if (fitting.length < files.length) toast(`Only these kinds of file fit here: ${types.join(", ")}.`, "problem");
    const room = fitting.slice(0, most - chosen.length);
    if (room.length < fitting.length) toast(`No more than ${most} ${most === 1 ? "file" : "files"} here.`, "problem");
    if (!room.length) return;
    add.setAttribute("aria-busy", "true");
    try {
      for (const file of room) {
        const kept = await upload(actor(), file);
        await keep([...chosen, kept]);
        announce(`${file.name} is added.`);
      }
    } catch (error) {
      report(error);
    } finally {
      add.removeAttribute("aria-busy");
    }
  }

  add.addEventListener("click", () => (chosen.length < most ? picker.click() : undefined));
  picker.addEventListener("change", async () => {
    const files = [...(picker.files || [])];
    picker.value = "";
    await take(files);
  });
  const kinds = types.length ? `${types.map((/** @type {string} */ type) => type.toUpperCase()).join(", ")}. ` : "";
  const hint = h("p", { class: "hint" }, `${kinds}${most === 1 ? "One file" : `Up to ${most} files`}, or drop them here.`);
  const node = h(
    "div",
    { class: "file-input", role: "group", "aria-labelledby": setting.labelId },
    list,
    add,
    picker,
    hint,
  );
  whenDropped(node, take);
  draw();
  return node;
}

/** @param {Json} file as Slack describes it @param {() => void} remove a row with name, size and a button */
export function chosenFile(file, remove) {
  const image = /^image\//.test(file.mimetype || "");
  const lead = image ? h("img", { src: ownUrl(file.url_private), alt: "", class: "file-thumb" }) : icon("file");
  const button = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": `Remove ${file.name}`, onclick: remove },
    icon("close"),
  );
  const words = h("span", { class: "file-name", dir: "auto" }, file.name);
  return h("li", { class: "chosen-file" }, lead, words, h("small", {}, fileSize(file.size)), button);
}

/** @param {HTMLElement} node @param {(files: File[]) => void} take files that are dropped on it */
export function whenDropped(node, take) {
  const holds = (/** @type {DragEvent} */ event) => Boolean(event.dataTransfer?.types.includes("Files"));
  node.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    node.classList.add("dropping");
  });
  node.addEventListener("dragleave", () => node.classList.remove("dropping"));
  node.addEventListener("drop", (event) => {
    node.classList.remove("dropping");
    if (!holds(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files || [])]);
  });
}
