/** Where the focus was before a dialog took it, so that it comes back there even when that was drawn anew meanwhile. */

/** @param {string | null | undefined} ts @param {boolean} inThread @returns {HTMLElement | null} */
function messageOf(ts, inThread) {
  const all = ts ? document.querySelectorAll(`.message[data-ts="${CSS.escape(ts)}"]`) : [];
  return /** @type {HTMLElement | null} */ (
    [...all].find((node) => Boolean(node.closest("#thread")) === inThread) || null
  );
}

/** @param {Element | null} frame @param {string | null | undefined} key of something that can have the focus, or holds it */
function keyed(frame, key) {
  const node = key ? frame?.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  const inner = node?.querySelector("input:not([disabled], [hidden]), textarea, button:not([disabled]), a[href]");
  return /** @type {HTMLElement | null} */ (node?.matches("button, a, input, textarea") ? node : inner || null);
}

/** @returns {() => void} gives the focus back: to the same thing, to what stands there now, to its message, or to the place */
export function rememberFocus() {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const key = active?.closest("[data-key]")?.getAttribute("data-key");
  const message = active?.closest(".message");
  const ts = message?.getAttribute("data-ts");
  const inThread = Boolean(message?.closest("#thread"));
  return () => {
    if (active?.isConnected && active !== document.body) {
      active.focus();
      if (document.activeElement === active) return;
    }
    const now = messageOf(ts, inThread);
    const again = keyed(ts ? now : document.querySelector("#place"), key) || now;
    const composer = /** @type {HTMLElement | null} */ (document.querySelector("#composer textarea"));
    (again || composer || document.getElementById("place"))?.focus();
  };
}
