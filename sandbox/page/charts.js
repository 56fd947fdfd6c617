/** The `data_visualization` block: a titled chart with its legend, and the same numbers as a table for everybody. */

import { h, replace, uid } from "./dom.js";
import { axes } from "./chart-axes.js";
import { shape, text } from "./svg.js";

/** @import {Json} from "./types.js" */
/** @typedef {{name: string, values: number[]}} Series */
/** @typedef {{categories: string[], series: Series[], xLabel: string, yLabel: string}} Grid */

const HEIGHT = 270;
const NARROWEST = 220;
const DASHES = ["none", "7 4", "2 3", "10 3 2 3"];

/** @param {number} value */
export function figure(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** @param {Json} chart @returns {Grid} a pie is one row of segments */
function gridOf(chart) {
  if (chart.type === "pie") {
    const segments = chart.segments || [];
    const values = segments.map((/** @type {Json} */ one) => Number(one.value) || 0);
    const categories = segments.map((/** @type {Json} */ one) => String(one.label));
    return { categories, series: [{ name: "Value", values }], xLabel: "", yLabel: "" };
  }
  const config = chart.axis_config || {};
  const categories = (config.categories || []).map(String);
  const series = (chart.series || []).map((/** @type {Json} */ one) => {
    const byLabel = new Map((one.data || []).map((/** @type {Json} */ point) => [point.label, Number(point.value) || 0]));
    return { name: String(one.name), values: categories.map((/** @type {string} */ name) => byLabel.get(name) ?? 0) };
  });
  return { categories, series, xLabel: config.x_label || "", yLabel: config.y_label || "" };
}

/** @param {Grid} grid @param {number} width */
function bars(grid, width) {
  const frame = axes(grid, width, HEIGHT);
  const slot = frame.step * 0.76;
  const thick = slot / grid.series.length;
  const marks = grid.series.flatMap((series, index) =>
    series.values.map((value, at) => {
      const top = Math.min(frame.y(value), frame.y(0));
      const bar = shape("rect", {
        class: `mark tone-${index}`,
        x: frame.x(at) - slot / 2 + thick * index,
        y: top,
        width: Math.max(1, thick - (thick > 4 ? 2 : 0)),
        height: Math.max(1, Math.abs(frame.y(value) - frame.y(0))),
        rx: thick > 8 ? 2 : 0,
      });
      bar.append(shape("title", {}, said(series.name, grid.categories[at], value)));
      return bar;
    }),
  );
  return [...frame.nodes, ...marks];
}

/** @param {string} name @param {string} category @param {number} value */
function said(name, category, value) {
  return `${name}, ${category}: ${figure(value)}`;
}

/** @param {Grid} grid @param {number} width @param {boolean} filled */
function lines(grid, width, filled) {
  const frame = axes(grid, width, HEIGHT);
  const marks = grid.series.flatMap((series, index) => {
    const points = series.values.map((value, at) => `${frame.x(at)},${frame.y(value)}`);
    const floor = frame.y(0);
    const ends = `${frame.x(series.values.length - 1)},${floor} ${frame.x(0)},${floor}`;
    const area = shape("polygon", { class: `area tone-${index}`, points: `${points.join(" ")} ${ends}` });
    const dash = DASHES[index % DASHES.length];
    const line = shape("polyline", { class: `line tone-${index}`, points: points.join(" "), "stroke-dasharray": dash });
    const dots = series.values.map((value, at) => {
      const dot = shape("circle", { class: `dot-mark tone-${index}`, cx: frame.x(at), cy: frame.y(value), r: 3.5 });
      dot.append(shape("title", {}, said(series.name, grid.categories[at], value)));
      return dot;
    });
    return [...(filled ? [area] : []), line, ...dots];
  });
  return [...frame.nodes, ...marks];
}

/** @param {number} cx @param {number} cy @param {number} radius @param {number} turn from 0 to 1, clockwise from the top */
function onCircle(cx, cy, radius, turn) {
  const angle = turn * 2 * Math.PI - Math.PI / 2;
  return `${(cx + radius * Math.cos(angle)).toFixed(2)} ${(cy + radius * Math.sin(angle)).toFixed(2)}`;
}

/** @param {Grid} grid @param {number} width */
function pie(grid, width) {
  const values = grid.series[0].values.map((value) => Math.max(0, value));
  const total = values.reduce((sum, value) => sum + value, 0);
  const [cx, cy, radius] = [width / 2, HEIGHT / 2, Math.min(width, HEIGHT) / 2 - 12];
  if (!total) return [text(cx, cy, "Nothing to show yet", { "text-anchor": "middle" })];
  let from = 0;
  return values.flatMap((value, index) => {
    const share = value / total;
    const start = from;
    from += share;
    const title = shape("title", {}, said("Share", grid.categories[index], value));
    const whole = shape("circle", { class: `slice tone-${index}`, cx, cy, r: radius });
    const path =
      `M${cx} ${cy}L${onCircle(cx, cy, radius, start)}` +
      `A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${onCircle(cx, cy, radius, from)}Z`;
    const slice = share > 0.9999 ? whole : shape("path", { class: `slice tone-${index}`, d: path });
    slice.append(title);
    if (share < 0.04) return [slice];
    const [x, y] = onCircle(cx, cy, radius * 0.68, start + share / 2).split(" ");
    return [slice, text(Number(x), Number(y), String(index + 1), { class: "slice-number", "text-anchor": "middle" })];
  });
}

/** @type {Record<string, (grid: Grid, width: number) => Element[]>} */
const DRAWINGS = {
  bar: bars,
  line: (grid, width) => lines(grid, width, false),
  area: (grid, width) => lines(grid, width, true),
  pie,
};

/** @param {Grid} grid @param {boolean} round */
function legend(grid, round) {
  const total = grid.series[0]?.values.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  const names = round
    ? grid.categories.map((name, index) => {
        const value = grid.series[0].values[index];
        return `${index + 1}. ${name}: ${figure(value)} (${Math.round((Math.max(0, value) / total) * 100)}%)`;
      })
    : grid.series.map((series) => series.name);
  return h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    names.map((name, index) => h("li", { dir: "auto" }, h("span", { class: `swatch tone-${index}` }), name)),
  );
}

/** @param {Grid} grid @param {string} title @param {boolean} round */
function numbers(grid, title, round) {
  const head = [round ? "Segment" : grid.xLabel || "Category", ...grid.series.map((series) => series.name)];
  return h(
    "table",
    {},
    h("caption", { dir: "auto" }, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((name, index) => h("th", { scope: "col", class: index ? "align-right" : null }, name)),
      ),
    ),
    h(
      "tbody",
      {},
      grid.categories.map((category, at) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", dir: "auto" }, category),
          grid.series.map((series) => h("td", { class: "align-right" }, figure(series.values[at]))),
        ),
      ),
    ),
  );
}

/** @param {HTMLElement} frame draws again when there is more or less room, so that words keep their size */
function drawInto(frame, /** @type {(width: number) => Element[]} */ draw) {
  let drawn = 0;
  const fit = () => {
    const width = Math.max(NARROWEST, Math.floor(frame.clientWidth));
    if (width === drawn) return;
    drawn = width;
    const svg = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, "aria-hidden": "true" });
    svg.append(...draw(width));
    replace(frame, svg);
  };
  new ResizeObserver(fit).observe(frame);
}

/** @param {Json} block */
export function dataVisualization(block) {
  const chart = block.chart || {};
  const grid = gridOf(chart);
  const round = chart.type === "pie";
  const titleId = uid("chart");
  const plot = h("div", { class: "plot" });
  const table = h("div", { class: "chart-numbers sr" }, numbers(grid, block.title || "Chart", round));
  const toggle = h("button", { type: "button", class: "link-button" }, "Show the numbers");
  toggle.addEventListener("click", () => {
    const shown = !table.classList.toggle("sr");
    table.classList.toggle("table-frame", shown);
    toggle.textContent = shown ? "Hide the numbers" : "Show the numbers";
  });
  const draw = DRAWINGS[chart.type];
  if (!draw) return h("p", { class: "unknown" }, `This workspace cannot show a chart of type “${chart.type}” yet.`);
  drawInto(plot, (width) => draw(grid, width));
  return h(
    "figure",
    { class: "chart", "aria-labelledby": titleId },
    h("figcaption", { id: titleId, dir: "auto" }, block.title || "Chart"),
    plot,
    round || grid.series.length > 1 ? legend(grid, round) : null,
    toggle,
    table,
  );
}
