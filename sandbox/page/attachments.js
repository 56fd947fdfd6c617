/** Files and videos in messages: cards that lead somewhere. Nothing is played or fetched until somebody follows one. */

import { h, icon } from "./dom.js";
import { safeLink } from "./references.js";
import { picture, textNodes, words } from "./text.js";

/** @import {Json} from "./types.js" */

const UNITS = ["bytes", "kB", "MB", "GB"];

/** @param {number} bytes */
function size(bytes) {
  const power = bytes > 0 ? Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1000))) : 0;
  return `${(bytes / 1000 ** power).toLocaleString("en-US", { maximumFractionDigits: 1 })} ${UNITS[power]}`;
}

/** @param {Json} file as Slack describes one */
export function fileCard(file) {
  const name = file.title || file.name || "File";
  const url = file.url_private || file.permalink || file.external_url || "";
  if (file.mode === "tombstone") return h("div", { class: "file" }, "This file was deleted.");
  const kind = [file.pretty_type || file.filetype, file.size ? size(file.size) : ""].filter(Boolean).join(" · ");
  const shown = /^image\//.test(file.mimetype || "") && url ? picture({ image_url: url, alt_text: file.alt_txt || name }) : null;
  return h(
    "div",
    { class: "file" },
    h(
      "div",
      { class: "file-head" },
      icon("file"),
      h("div", {}, h("div", { class: "file-name", dir: "auto" }, safeLink(url, name)), kind ? h("small", {}, kind) : null),
    ),
    shown,
  );
}

/** @param {Json} block a `video` block; where it plays is its own page */
export function videoCard(block) {
  const title = words(block.title) || "Video";
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "file video" },
    picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }),
    h("div", { class: "file-name", dir: "auto" }, safeLink(block.title_url || block.video_url || "", title)),
    by ? h("small", { dir: "auto" }, by) : null,
    block.description ? h("div", {}, textNodes(block.description)) : null,
  );
}
