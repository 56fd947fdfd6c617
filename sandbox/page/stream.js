/** Keeps the push connection of the acting person open. Decides when to try again, not what frames mean. */

import { inTeam } from "./api.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;

/**
 * @param {string} as user id
 * @param {{frame: (frame: any) => void, hello: () => void, lost: () => void}} listener `hello` comes with each
 *   connection: whoever listens fetches everything again, since the time before it may have been missed
 * @returns {() => void} closes the stream
 */
export function openStream(as, listener) {
  let wait = FIRST_WAIT_MS;
  let over = false;
  /** @type {WebSocket} */
  let socket;
  /** @type {number | undefined} */
  let timer;

  function connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/_page/${inTeam(`stream?as=${encodeURIComponent(as)}`)}`);
    socket.onmessage = (event) => {
      if (over) return;
      const frame = JSON.parse(event.data);
      if (frame.type === "hello") {
        wait = FIRST_WAIT_MS;
        listener.hello();
      } else listener.frame(frame);
    };
    socket.onclose = () => {
      if (over) return;
      listener.lost();
      timer = window.setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  }

  connect();
  return () => {
    over = true;
    window.clearTimeout(timer);
    socket.close();
  };
}
