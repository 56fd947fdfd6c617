/** The faults that can be asked for, and the words in which those that are on are told. Asks for none itself. */

/** @import {Json} from "./types.js" */

/** @typedef {{label: string, of: "method" | "delivery" | "", build: (name: string, times: number) => [string, Json]}} Fault */

/** @param {string} mishap @param {Json} [more] @returns {(name: string, times: number) => [string, Json]} */
function mishapOf(mishap, more = {}) {
  return (name, times) => ["deliveries", { mishap, name, times, ...more }];
}

/** @type {Fault[]} */
export const FAULTS = [
  {
    label: "Slack fails (internal_error)",
    of: "method",
    build: (method, times) => ["fail", { method, error: "internal_error", times }],
  },
  { label: "Too many calls (429)", of: "method", build: (method, times) => ["limit", { method, retry_after: 2, times }] },
  { label: "Slack answers 5 seconds late", of: "method", build: (method, times) => ["delay", { method, seconds: 5, times }] },
  {
    label: "Connection cut before the effect",
    of: "method",
    build: (method, times) => ["drop", { method, when: "before", times }],
  },
  {
    label: "Connection cut after the effect",
    of: "method",
    build: (method, times) => ["drop", { method, when: "after", times }],
  },
  { label: "The app is not reached", of: "delivery", build: mishapOf("unreachable") },
  { label: "The acknowledgement is lost", of: "delivery", build: mishapOf("unacknowledged") },
  { label: "The delivery comes 2 seconds late", of: "delivery", build: mishapOf("late", { seconds: 2 }) },
  { label: "An event comes twice", of: "delivery", build: mishapOf("twice") },
  { label: "An event comes after the next one", of: "delivery", build: mishapOf("held") },
  { label: "Connections are recycled", of: "", build: () => ["disconnect", { reason: "refresh_requested" }] },
];

/** @type {Record<string, string>} */
const MISHAPS = {
  unreachable: "does not reach the app",
  unacknowledged: "loses its acknowledgement",
  late: "comes late",
  forged: "has a wrong signature",
  stale: "was signed ten minutes ago",
  twice: "comes twice",
  held: "comes after the next one",
};

/** @param {Json} fault */
function whatHappens(fault) {
  if (fault.mishap) return MISHAPS[fault.mishap] || fault.mishap;
  if (fault.error === "ratelimited") return `is told “too many” (429), wait ${fault.retry_after} s`;
  if (fault.error) return `fails with ${fault.error}`;
  if (fault.lost) return "loses its connection after the effect";
  return fault.dropped ? "loses its connection before the effect" : `is answered ${fault.seconds} s late`;
}

/** @param {Json} fault as the sandbox lists it @returns {string} such as "chat.postMessage fails with x, twice more" */
export function described(fault) {
  const name = fault.method || fault.name;
  const who = name === "*" ? (fault.mishap ? "Every delivery" : "Every call") : name;
  const { times } = fault;
  const often = times === null ? "until it is taken back" : times === 1 ? "once" : `${times} times`;
  return `${who} ${whatHappens(fault)}, ${often}`;
}
