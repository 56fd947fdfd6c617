/** Asks the sandbox over HTTP. Decides what a failed connection is called; never what the person does about it. */

export const NO_CONNECTION = "We had some trouble connecting. Try again?";

/** A call that reached nobody, or that the sandbox refused in words for the person. */
export class Refused extends Error {
  /** @param {string} message @param {boolean} offline */
  constructor(message, offline = false) {
    super(message);
    this.offline = offline;
  }
}

/** Where the address names a workspace, that one; else the server's first. @type {string | null} */
export const TEAM = new URLSearchParams(location.search).get("team");

/** @param {string} path with or without a query */
export function inTeam(path) {
  return TEAM ? `${path}${path.includes("?") ? "&" : "?"}team=${encodeURIComponent(TEAM)}` : path;
}

/** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} */
async function ask(path, init) {
  let answer;
  try {
    const response = await fetch(`/_page/${inTeam(path)}`, init);
    answer = await response.json();
  } catch {
    throw new Refused(NO_CONNECTION, true);
  }
  if (!answer.ok && answer.result === undefined) throw new Refused(answer.error || NO_CONNECTION);
  return answer;
}

/** @param {string} path @param {Record<string, string | number | undefined>} [query] */
export function get(path, query = {}) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const text = search.toString();
  return ask(text ? `${path}?${text}` : path);
}

/** Hands a file over. @param {string} as @param {File} file @returns {Promise<any>} the file as Slack describes it */
export async function upload(as, file) {
  const query = new URLSearchParams({ as, name: file.name || "file" });
  const type = "application/octet-stream";
  return (await ask(`upload?${query}`, { method: "POST", headers: { "content-type": type }, body: file })).file;
}

/** @param {string} path @param {Record<string, any>} body */
export function post(path, body) {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
