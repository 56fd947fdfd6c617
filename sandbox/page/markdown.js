/** The `markdown` block: standard Markdown as language models write it, as DOM nodes. Basic, and never HTML. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { safeLink } from "./references.js";

const INLINE = [
  { mark: /`([^`\n]+)`/, make: (/** @type {RegExpExecArray} */ m) => h("code", {}, m[1]) },
  { mark: /\[([^\]\n]+)\]\(([^)\s]+)\)/, make: (/** @type {RegExpExecArray} */ m) => safeLink(m[2], m[1]) },
  {
    mark: /\*\*([^\n]+?)\*\*|__([^\n]+?)__/,
    make: (/** @type {RegExpExecArray} */ m) => h("strong", {}, spans(m[1] || m[2])),
  },
  { mark: /~~([^\n]+?)~~/, make: (/** @type {RegExpExecArray} */ m) => h("s", {}, spans(m[1])) },
  {
    mark: /(?<![\p{L}\p{N}*])[*_]([^\s*_][^*_\n]*)[*_](?![\p{L}\p{N}])/u,
    make: (/** @type {RegExpExecArray} */ m) => h("em", {}, spans(m[1])),
  },
  { mark: /https?:\/\/[^\s)]+[^\s).,;:!?]/, make: (/** @type {RegExpExecArray} */ m) => safeLink(m[0], m[0]) },
];

/** @param {string} text @returns {Node[]} */
function spans(text) {
  /** @type {{at: number, found: RegExpExecArray, make: (m: RegExpExecArray) => Node} | null} */
  let first = null;
  for (const { mark, make } of INLINE) {
    const found = mark.exec(text);
    if (found && (!first || found.index < first.at)) first = { at: found.index, found, make };
  }
  if (!first) return text ? [document.createTextNode(withEmoji(text))] : [];
  const rest = text.slice(first.at + first.found[0].length);
  return [...spans(text.slice(0, first.at)), first.make(first.found), ...spans(rest)];
}

/** @param {string} line */
function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

/** @param {string[]} lines rows of a pipe table, the second being its rule */
function table(lines) {
  const head = cells(lines[0]).map((cell) => h("th", { scope: "col" }, spans(cell)));
  const body = lines.slice(2).map((line) =>
    h(
      "tr",
      {},
      cells(line).map((cell) => h("td", {}, spans(cell))),
    ),
  );
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)),
  );
}

/** @param {string[]} lines */
function list(lines) {
  const ordered = /^\s*\d/.test(lines[0]);
  const items = lines.map((line) => {
    const task = /^\s*[-*+] \[([ xX])\] (.*)$/.exec(line);
    if (task) return h("li", { class: "task" }, task[1] === " " ? "☐ " : "☑ ", spans(task[2]));
    return h("li", {}, spans(line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "")));
  });
  return h(ordered ? "ol" : "ul", {}, items);
}

/** @type {{is: RegExp, make: (lines: string[]) => Node}[]} kinds of lines that belong together, first match wins */
const KINDS = [
  { is: /^\s*(?:[-*+]|\d+[.)])\s+/, make: list },
  {
    is: /^>/,
    make: (lines) =>
      h(
        "blockquote",
        {},
        lines.map((line) => h("div", {}, spans(line.replace(/^> ?/, "")))),
      ),
  },
  { is: /^\s*\|.*\|\s*$/, make: (lines) => (lines.length > 1 ? table(lines) : h("p", {}, spans(lines[0]))) },
];

/** @param {string} part text outside of code fences @returns {Node[]} */
function blocks(part) {
  const lines = part.split("\n");
  /** @type {Node[]} */
  const nodes = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    const kind = KINDS.find(({ is }) => is.test(line));
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    let end = index + 1;
    if (kind) {
      while (end < lines.length && kind.is.test(lines[end])) end += 1;
      nodes.push(kind.make(lines.slice(index, end)));
    } else if (heading) nodes.push(h("p", { class: "md-heading" }, h("strong", {}, spans(heading[2]))));
    else if (/^\s*(?:---|\*\*\*|___)\s*$/.test(line)) nodes.push(h("hr"));
    else if (line.trim()) {
      while (
        end < lines.length &&
        lines[end].trim() &&
        !KINDS.some(({ is }) => is.test(lines[end])) &&
        !/^#/.test(lines[end])
      )
        end += 1;
      nodes.push(
        h(
          "p",
          { dir: "auto" },
          lines.slice(index, end).flatMap((l, i) => (i ? [h("br"), ...spans(l)] : spans(l))),
        ),
      );
    }
    index = end;
  }
  return nodes;
}

/** @param {string} text @returns {Node[]} */
export function markdown(text) {
  return text
    .split(/^```[^\n]*\n([\s\S]*?)^```\s*$/m)
    .flatMap((part, index) => (index % 2 ? [h("pre", { tabindex: "0" }, part)] : blocks(part)));
}
