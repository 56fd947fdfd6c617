/** Asks for what goes beyond Slack: a moved calendar, limits, faults. Decides nothing; the sandbox does it. */

import { NO_CONNECTION, Refused } from "./api.js";

/** @param {string} name @param {Record<string, unknown>} [demand] @returns {Promise<any>} throws Refused */
export async function demand(name, demand = {}) {
  let answer;
  try {
    const response = await fetch(`/_control/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(demand),
    });
    answer = await response.json();
  } catch {
    throw new Refused(NO_CONNECTION, true);
  }
  if (!answer.ok) throw new Refused(answer.error || NO_CONNECTION);
  return answer;
}
