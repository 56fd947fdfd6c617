/**
 * One place where blocks are shown (a message, a modal, a Home): what has been entered there, and whom to tell.
 * Decides which values live on when the app updates the view; draws nothing.
 */

import { post } from "./api.js";
import { did } from "./deeds.js";
import { actor } from "./store.js";
import { report } from "./toast.js";

/** @import {Json} from "./types.js" */

export class Surface {
  /**
   * @param {Json} container as Slack names it: a message or a view
   * @param {Record<string, Record<string, Json>>} [values] what the workspace remembers of it, after a reload
   */
  constructor(container, values = {}) {
    this.container = container;
    this.values = values;
    this.touched = false;
  }

  /**
   * The value an element starts with. As in Slack, a value that is already there under the same block_id and
   * action_id wins over the initial_ one.
   * @param {string} blockId @param {Json} element @param {Json} first
   */
  begin(blockId, element, first) {
    const known = this.values[blockId]?.[element.action_id];
    const value = known && known.type === element.type ? known : { type: element.type, ...first };
    this.#put(blockId, element.action_id, value);
    return value;
  }

  /** @param {string} blockId @param {Json} element @param {Json} value */
  set(blockId, element, value) {
    this.touched = true;
    this.#put(blockId, element.action_id, { type: element.type, ...value });
  }

  /** @param {string} blockId @param {string} actionId @param {Json} value */
  #put(blockId, actionId, value) {
    this.values[blockId] = { ...this.values[blockId], [actionId]: value };
  }

  /** Forgets values of blocks that an update took away. @param {Set<string>} blockIds those that are left */
  keepOnly(blockIds) {
    for (const blockId of Object.keys(this.values)) if (!blockIds.has(blockId)) delete this.values[blockId];
  }

  state() {
    return { values: this.values };
  }

  /**
   * Tells the app what was clicked or chosen; what goes wrong is shown, never thrown.
   * @param {string} blockId @param {Json} element @param {Json} value @param {HTMLElement} [control] shown as busy
   */
  async act(blockId, element, value, control) {
    const action = { type: element.type, block_id: blockId, action_id: element.action_id, ...value };
    control?.setAttribute("aria-busy", "true");
    try {
      await post("action", { as: actor(), container: this.container, action, state: this.state() });
      did("press", element.action_id);
    } catch (error) {
      report(error);
    } finally {
      control?.removeAttribute("aria-busy");
    }
  }

  /** @param {string} blockId @param {string} actionId @param {string} value what was typed */
  suggest(blockId, actionId, value) {
    return post("suggest", {
      as: actor(),
      container: this.container,
      block_id: blockId,
      action_id: actionId,
      value,
    });
  }
}
