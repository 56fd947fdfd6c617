/** Block Kit text objects as nodes: plain_text stays plain, mrkdwn is rendered. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { ownUrl } from "./references.js";
import { store } from "./store.js";

/** @import {Json} from "./types.js" */

/** @param {Json | undefined | null} object @returns {string} the words alone */
export function words(object) {
  return object ? withEmoji(object.text || "") : "";
}

/** @param {Json | undefined} object @returns {Node[]} */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text || "", object.verbatim ? "none" : "names");
  const parts = words(object)
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]));
  const span = h("div", { class: "lines", dir: "auto" });
  span.append(...parts);
  return [span];
}

/** @param {Json} image an image block or element @param {string} [className] */
export function picture(image, className = "picture") {
  const { id, url } = image.slack_file || {};
  const kept = id ? `${location.origin}/files-pri/${store.team.id}-${id}/picture` : url;
  const source = ownUrl(image.image_url || kept || "");
  const img = h("img", {
    src: /^https?:|^data:image\/|^\/files-pri\//.test(source) ? source : null,
    alt: image.alt_text || "",
    class: className,
    loading: "lazy",
  });
  img.addEventListener("error", () =>
    img.replaceWith(h("span", { class: `${className} missing` }, image.alt_text || "Image")),
  );
  return img;
}
