/** Files and videos in messages: cards that lead somewhere. Nothing is played or fetched until somebody follows one. */

import { h, icon } from "./dom.js";
import { ownUrl, safeLink } from "./references.js";
import { picture, textNodes, words } from "./text.js";

/** @import {Json} from "./types.js" */

const UNITS = ["bytes", "kB", "MB", "GB"];

/** @param {number} bytes @returns {string} such as "1.2 MB" */
export function fileSize(bytes) {
  if (bytes === 1) return "1 byte";
  const power = bytes > 0 ? Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1000))) : 0;
  return `${(bytes / 1000 ** power).toLocaleString("en-US", { maximumFractionDigits: 1 })} ${UNITS[power]}`;
}

/** @param {string} url @param {string} name */
function downloadLink(url, name) {
  const label = `Download ${name}`;
  return h("a", { class: "icon-button", href: url, download: name, "aria-label": label, title: label }, icon("download"));
}

/** @param {Json} file as Slack describes one */
export function fileCard(file) {
  if (file.mode === "tombstone") return h("div", { class: "file" }, "This file was deleted.");
  const name = file.title || file.name || "File";
  const url = ownUrl(file.url_private || file.permalink || file.external_url || "");
  const kind = [file.pretty_type || file.filetype, file.size ? fileSize(file.size) : ""].filter(Boolean).join(" · ");
  const image = /^image\//.test(file.mimetype || "") && url;
  const own = url.startsWith("/");
  const words = own ? h("a", { href: url, target: "_blank", rel: "noopener" }, name) : safeLink(url, name);
  const head = h(
    "div",
    { class: "file-head" },
    icon("file"),
    h("div", {}, h("div", { class: "file-name", dir: "auto" }, words), kind ? h("small", {}, kind) : null),
    own ? downloadLink(url, file.name || name) : null,
  );
  const shown = image ? picture({ image_url: url, alt_text: file.alt_txt || name }) : null;
  return h("div", { class: image ? "file with-picture" : "file" }, head, shown);
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
