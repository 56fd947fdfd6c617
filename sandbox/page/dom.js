/** Builds DOM nodes. Text always goes in as text nodes; nothing on this page ever parses data as HTML. */

/** @typedef {Node | string | null | undefined | false | any[]} Child */

let lastId = 0;

/** A new id for label and description references. @param {string} [prefix] */
export function uid(prefix = "e") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/**
 * An element with attributes, listeners (`onclick: fn`) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes] null, undefined and false leave an attribute out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** @param {Node} node @param {Child[]} children */
export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/** @param {Element} node @param {...Child} children */
export function replace(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/** @param {Element} parent @param {Element[]} nodes brings children into this order, moving as few as can be */
export function settle(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] || null);
  });
}

const ICONS = {
  bolt: "M13 2 4.5 13.5H11L10 22l9-12h-6.5z",
  bubble: "M4 5h16v11H9l-4 4v-4H4z",
  close: "M5 5l14 14M19 5 5 19",
  back: "M14 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  more: "M4.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M18.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0",
  menu: "M4 6h16M4 12h16M4 18h16",
  send: "M4 4l17 8-17 8 3-8zM7 12h14",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  hash: "M9 4 7 20M17 4l-2 16M4.500 9.500h16M3.500 15h16",
  eye: "M2 12s3.500-6.500 10-6.500S22 12 22 12s-3.500 6.500-10 6.500S2 12 2 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01",
  check: "M5 12.500 10 17.500 19 7",
  external: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  slash: "M15 4 9 20",
  circle: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.500a4.500 4.500 0 0 0 7 0M9 9.500h.01M15 9.500h.01",
  react: "M20 11a8.500 8.500 0 1 1-7-7M8 14a4.500 4.500 0 0 0 7 0M8.500 9.500h.01M14.500 9.500h.01M19 2v6M16 5h6",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  plus: "M12 5v14M5 12h14",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  flow: "M5 4h5v5H5zM14 15h5v5h-5zM10 6.500h3a3 3 0 0 1 3 3V15",
  at: "M16 8v5a2.500 2.500 0 0 0 5 0v-1a9 9 0 1 0-4 7.500M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z",
  undo: "M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3",
};

/** A decorative line icon; the control around it carries the words. @param {keyof typeof ICONS} name */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", ICONS[name]);
  svg.appendChild(path);
  return svg;
}

/** Words for screen readers only. @param {string} text */
export function hidden(text) {
  return h("span", { class: "sr" }, text);
}
