/** One Tab stop for a list of links: arrow keys move inside. */

/**
 * @param {HTMLElement} list @param {string} selector of the items; asked again at each key, the list may change
 */
export function roving(list, selector) {
  const items = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(selector)]);
  list.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  });
  list.addEventListener("focusin", (event) => {
    const all = items();
    if (!all.includes(/** @type {HTMLElement} */ (event.target))) return;
    for (const item of all) item.tabIndex = item === event.target ? 0 : -1;
  });
}

/** Lets Tab reach the current item, or the first. @param {HTMLElement} list @param {string} selector */
export function settleRoving(list, selector) {
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(selector)]);
  const current = all.find((item) => item.getAttribute("aria-current")) || all[0];
  for (const item of all) item.tabIndex = item === current ? 0 : -1;
}
