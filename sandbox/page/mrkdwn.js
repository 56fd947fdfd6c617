/** Turns Slack's mrkdwn into DOM nodes. Data never becomes HTML; what is not understood stays text. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, special, safeLink } from "./references.js";
import { channelNamed } from "./store.js";

/**
 * @typedef {"none" | "urls" | "names"} Auto what becomes a link without being marked as one: nothing (`verbatim`), bare
 *   addresses, or names of channels as well (as in text objects of apps)
 * @typedef {{text: string, at: number, spent: Record<string, number>, auto: Auto}} Scan `spent` remembers that a mark
 *   has no partner before that position, which keeps long lines of lonely marks linear
 */

const STYLES = /** @type {const} */ ({ "*": "strong", _: "em", "~": "s" });
const WORD = /[\p{L}\p{N}]/u;
const URL_START = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"]/y;
const CHANNEL = /#([\p{L}\p{N}][\p{L}\p{N}_-]*)/uy;
const EMOJI = /:([a-z0-9_+-]+(?:::skin-tone-\d)?):/y;

/** @param {string} text the three entities that Slack escapes */
export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** @param {Scan} scan @param {string} mark @returns {number} where its partner is, or -1 */
function partner(scan, mark) {
  const { text, at } = scan;
  if ((scan.spent[mark] ?? -1) > at) return -1;
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  for (let index = text.indexOf(mark, at + 2); index >= 0 && index < end; index = text.indexOf(mark, index + 1)) {
    if (mark === "`" || mark === ">") return index;
    const after = text[index + 1] || " ";
    if (!/\s/.test(text[index - 1]) && !WORD.test(after) && after !== mark) return index;
  }
  scan.spent[mark] = end;
  return -1;
}

/** @param {Scan} scan @returns {[Node, number] | null} a styled piece and where it ends */
function styled(scan) {
  const mark = /** @type {keyof typeof STYLES} */ (scan.text[scan.at]);
  const before = scan.text[scan.at - 1] || " ";
  const next = scan.text[scan.at + 1] || " ";
  if (WORD.test(before) || /\s/.test(next) || next === mark) return null;
  const end = partner(scan, mark);
  if (end < 0) return null;
  return [h(STYLES[mark], {}, inline(scan.text.slice(scan.at + 1, end), scan.auto)), end + 1];
}

/** @param {Scan} scan @returns {[Node, number] | null} */
function reference(scan) {
  const end = partner(scan, ">");
  if (end < 0) return null;
  const node = special(scan.text.slice(scan.at + 1, end));
  return node ? [node, end + 1] : null;
}

/** @param {Scan} scan @returns {[Node, number] | null} */
function code(scan) {
  const end = partner(scan, "`");
  if (end < 0) return null;
  return [h("code", {}, unescape(scan.text.slice(scan.at + 1, end))), end + 1];
}

/** @param {RegExp} sticky @param {Scan} scan */
function matchAt(sticky, scan) {
  sticky.lastIndex = scan.at;
  return sticky.exec(scan.text);
}

/** @param {Scan} scan @returns {[Node, number] | null} an address that nobody marked as a link */
function address(scan) {
  if (scan.auto === "none" || WORD.test(scan.text[scan.at - 1] || " ")) return null;
  const found = matchAt(URL_START, scan);
  return found ? [safeLink(unescape(found[0]), unescape(found[0])), scan.at + found[0].length] : null;
}

/** @param {Scan} scan @returns {[Node, number] | null} a channel by its name */
function named(scan) {
  if (scan.auto !== "names" || /[\p{L}\p{N}&]/u.test(scan.text[scan.at - 1] || " ")) return null;
  const found = matchAt(CHANNEL, scan);
  const channel = found && channelNamed(found[1]);
  return found && channel ? [channelMention(channel.id), scan.at + found[0].length] : null;
}

/** @param {Scan} scan @returns {[Node, number] | null} */
function piece(scan) {
  switch (scan.text[scan.at]) {
    case "`":
      return code(scan);
    case "<":
      return reference(scan);
    case "*":
    case "_":
    case "~":
      return styled(scan);
    case "\n":
      return [h("br"), scan.at + 1];
    case ":": {
      const found = matchAt(EMOJI, scan);
      const sign = found && emoji(found[1]);
      if (!found || !sign) return null;
      return [h("span", { class: "emoji", title: found[0] }, sign), scan.at + found[0].length];
    }
    case "h":
      return address(scan);
    case "#":
      return named(scan);
    default:
      return null;
  }
}

/** @param {string} text one run of inline mrkdwn @param {Auto} [auto] @returns {Node[]} */
export function inline(text, auto = "urls") {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Scan} */
  const scan = { text, at: 0, spent: {}, auto };
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(unescape(plain)));
    plain = "";
  };
  while (scan.at < text.length) {
    const found = piece(scan);
    if (found) {
      flush();
      nodes.push(found[0]);
      scan.at = found[1];
    } else {
      plain += text[scan.at];
      scan.at += 1;
    }
  }
  flush();
  return nodes;
}

const QUOTED = /^(?:&gt;|>) ?/;

/**
 * @param {string} text text outside of ```
 * @param {Auto} auto @returns {Node[]}
 */
function withQuotes(text, auto) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let run = [];
  let quoting = false;
  const flush = () => {
    if (!run.length) return;
    const content = inline(run.join("\n"), auto);
    nodes.push(quoting ? h("blockquote", {}, content) : h("div", { class: "lines", dir: "auto" }, content));
    run = [];
  };
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const rest = /^(?:&gt;|>){3} ?/.exec(lines[index]);
    const isQuote = QUOTED.test(lines[index]);
    if (isQuote !== quoting) flush();
    quoting = isQuote;
    if (rest) {
      run = [lines[index].slice(rest[0].length), ...lines.slice(index + 1)];
      break;
    }
    run.push(isQuote ? lines[index].replace(QUOTED, "") : lines[index]);
  }
  flush();
  return nodes;
}

/** @param {string} text a whole mrkdwn text @param {Auto} [auto] @returns {Node[]} block-level nodes */
export function mrkdwn(text, auto = "urls") {
  return text.split(/```([\s\S]+?)```/).flatMap((part, index) => {
    if (index % 2) return [h("pre", { tabindex: "0" }, unescape(part.replace(/^\n/, "")))];
    const trimmed = index ? part.replace(/^\n/, "") : part;
    return trimmed ? withQuotes(trimmed, auto) : [];
  });
}
