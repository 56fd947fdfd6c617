/** Builds SVG nodes. Data goes in as attributes and text nodes only. */

const NAMESPACE = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [content] */
export function shape(tag, attributes, content) {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (content) node.textContent = content;
  return node;
}

/** @param {number} x @param {number} y @param {string} words @param {Record<string, string | number>} [attributes] */
export function text(x, y, words, attributes = {}) {
  return shape("text", { x, y, "dominant-baseline": "middle", ...attributes }, words);
}
