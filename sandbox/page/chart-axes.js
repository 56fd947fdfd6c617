/** The axes of a chart: where a value and a category stand, the lines and the words beside them. */

import { shape, text } from "./svg.js";

/** @import {Grid} from "./charts.js" */

const LETTER_PX = 6.6;
const LINE_PX = 15;
const TICKS = 4;
/** Names that do not fit side by side are slanted and cut after so many letters, and stick out this far. */
const SLANTED_LETTERS = 12;
const SLANT_PX = SLANTED_LETTERS * LETTER_PX * 0.9;

/** @param {number} span @returns {number} a step of 1, 2 or 5 times a power of ten */
function niceStep(span) {
  const rough = span / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((one) => one * power >= rough) || 10) * power;
}

/** @param {number[]} values @returns {number[]} ticks around all values, zero among them; whole ones for whole values */
function ticksFor(values) {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const step = Math.max(niceStep(most - least || 1), values.every(Number.isInteger) ? 1 : 0);
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(most / step));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** @param {number} value @returns {string} short enough to stand beside an axis */
function shortly(value) {
  return value.toLocaleString("en-US", { notation: Math.abs(value) >= 10000 ? "compact" : "standard" });
}

/** @param {string} name @param {number} most letters */
function cut(name, most) {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/**
 * @param {Grid} grid @param {number} width @param {number} height
 * @returns {{x: (at: number) => number, y: (value: number) => number, step: number, nodes: Element[]}}
 */
export function axes(grid, width, height) {
  const ticks = ticksFor(grid.series.flatMap((series) => series.values));
  const longest = Math.max(...ticks.map((tick) => shortly(tick).length));
  const count = Math.max(1, grid.categories.length);
  const words = 12 + longest * LETTER_PX + (grid.yLabel ? LINE_PX : 0);
  const widest = Math.max(0, ...grid.categories.map((name) => name.length)) * LETTER_PX;
  const slanted = widest > (width - words - 8) / count - 4;
  const left = slanted ? Math.max(words, Math.min(SLANT_PX, widest * 0.9) - width / count / 2) : words;
  const step = (width - left - 8) / count;
  const under = slanted ? Math.min(SLANT_PX, widest * 0.62 + 8) : LINE_PX + 4;
  const bottom = height - 4 - under - (grid.xLabel ? LINE_PX : 0);
  const top = 10;
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const y = (/** @type {number} */ value) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const x = (/** @type {number} */ at) => left + step * (at + 0.5);
  const rules = ticks.flatMap((tick) => [
    shape("line", { class: tick === 0 ? "axis" : "rule", x1: left, x2: width - 4, y1: y(tick), y2: y(tick) }),
    text(left - 6, y(tick), shortly(tick), { "text-anchor": "end" }),
  ]);
  const every = Math.max(1, Math.ceil(LINE_PX / step));
  const names = grid.categories.flatMap((name, at) => {
    if (at % every) return [];
    /** @type {Record<string, string>} */
    const place = slanted
      ? { "text-anchor": "end", transform: `rotate(-38 ${x(at)} ${bottom + 10})` }
      : { "text-anchor": "middle" };
    return [text(x(at), bottom + (slanted ? 10 : LINE_PX - 2), cut(name, slanted ? SLANTED_LETTERS : name.length), place)];
  });
  return { x, y, step, nodes: [...rules, ...names, ...labels(grid, left, width, height, (top + bottom) / 2)] };
}

/** @param {Grid} grid @param {number} left @param {number} width @param {number} height @param {number} middle */
function labels(grid, left, width, height, middle) {
  const below = text((left + width) / 2, height - 8, grid.xLabel, { class: "axis-label", "text-anchor": "middle" });
  const turned = { class: "axis-label", "text-anchor": "middle", transform: `rotate(-90 9 ${middle})` };
  return [...(grid.xLabel ? [below] : []), ...(grid.yLabel ? [text(9, middle, grid.yLabel, turned)] : [])];
}
