/** Rich text: draws `rich_text` blocks, and makes one from what was typed into a `rich_text_input`. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, dateNode, groupMention, safeLink, userMention } from "./references.js";

/** @import {Json} from "./types.js" */

const STYLE_TAGS = /** @type {const} */ ([
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
]);

/** @param {Node} node @param {Json | undefined} style */
function wrap(node, style) {
  return STYLE_TAGS.reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), node);
}

/** @param {string} text @returns {Node} text whose line ends show */
function lines(text) {
  const parts = text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
  const fragment = document.createDocumentFragment();
  fragment.append(...parts);
  return fragment;
}

/** @type {Record<string, (piece: Json) => Node>} */
const PIECES = {
  text: (piece) => lines(piece.text),
  link: (piece) => safeLink(piece.url, piece.text || piece.url),
  emoji: (piece) => h("span", { class: "emoji", title: `:${piece.name}:` }, emoji(piece.name) || `:${piece.name}:`),
  user: (piece) => userMention(piece.user_id),
  channel: (piece) => channelMention(piece.channel_id),
  usergroup: (piece) => groupMention(piece.usergroup_id),
  broadcast: (piece) => h("span", { class: "mention mention-me" }, `@${piece.range}`),
  date: (piece) => dateNode(piece.timestamp, piece.format || "{date} {time}", piece.url),
  color: (piece) => document.createTextNode(piece.value),
};

/** @param {Json[]} elements @returns {Node[]} */
export function pieces(elements) {
  return (elements || []).map((piece) => {
    const make = PIECES[piece.type];
    return wrap(make ? make(piece) : document.createTextNode(piece.text || `[${piece.type}]`), piece.style);
  });
}

/** @type {Record<string, (part: Json) => Node>} */
const PARTS = {
  rich_text_section: (part) => h("div", { class: "lines", dir: "auto" }, pieces(part.elements)),
  rich_text_list: (part) => {
    const items = part.elements.map((/** @type {Json} */ item) => h("li", { dir: "auto" }, pieces(item.elements)));
    const start = part.offset ? part.offset + 1 : null;
    return h(
      part.style === "ordered" ? "ol" : "ul",
      { class: `indent-${Math.min(part.indent || 0, 5)}`, start },
      items,
    );
  },
  rich_text_preformatted: (part) => h("pre", { tabindex: "0" }, pieces(part.elements)),
  rich_text_quote: (part) => h("blockquote", {}, pieces(part.elements)),
};

/** @param {Json} block a rich_text block @returns {Node[]} */
export function richText(block) {
  return (block.elements || []).map((/** @type {Json} */ part) =>
    PARTS[part.type] ? PARTS[part.type](part) : h("div", {}, `[${part.type}]`),
  );
}

/** @param {string} text what was typed @returns {Json | null} the value that a rich_text_input sends */
export function toRichText(text) {
  if (!text) return null;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

/** @param {Json | undefined} block @returns {string} its words, for editing */
export function fromRichText(block) {
  const textOf = (/** @type {Json} */ piece) => piece.text ?? piece.url ?? (piece.name ? `:${piece.name}:` : "");
  return (block?.elements || [])
    .map((/** @type {Json} */ part) =>
      (part.elements || [])
        .map((/** @type {Json} */ piece) => (piece.elements ? piece.elements.map(textOf).join("") : textOf(piece)))
        .join(part.type === "rich_text_list" ? "\n" : ""),
    )
    .join("\n");
}
