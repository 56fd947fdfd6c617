/** Places lists and menus next to their control, above everything else. Knows nothing of what they hold. */

const GAP = 4;

/**
 * Opens `popup` (a node that stands beside its control) in the top layer, below the control or above it where
 * there is more room.
 * @param {HTMLElement} popup @param {HTMLElement} anchor
 * @param {{match?: boolean, above?: boolean, end?: boolean}} [how] match: as wide as the control; end: right edges meet
 * @returns {() => void} closes it
 */
export function openPopup(popup, anchor, how = {}) {
  popup.popover ??= "manual";
  const place = () => position(popup, anchor, how);
  if (!popup.matches(":popover-open")) popup.showPopover();
  place();
  const grown = new ResizeObserver(place);
  grown.observe(popup);
  window.addEventListener("resize", place);
  document.addEventListener("scroll", place, true);
  return () => {
    grown.disconnect();
    window.removeEventListener("resize", place);
    document.removeEventListener("scroll", place, true);
    if (popup.isConnected && popup.matches(":popover-open")) popup.hidePopover();
  };
}

/** @param {HTMLElement} popup @param {HTMLElement} anchor @param {{match?: boolean, above?: boolean, end?: boolean}} how */
function position(popup, anchor, how) {
  const box = anchor.getBoundingClientRect();
  if (how.match) popup.style.width = `${box.width}px`;
  const below = window.innerHeight - box.bottom - GAP * 2;
  const above = box.top - GAP * 2;
  const up = how.above ? above > 120 || above > below : below < Math.min(popup.scrollHeight, 260) && above > below;
  popup.style.maxHeight = `${Math.max(96, Math.min(up ? above : below, 340))}px`;
  const left = how.end ? box.right - popup.offsetWidth : box.left;
  popup.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - popup.offsetWidth - GAP))}px`;
  popup.style.top = up ? `${box.top - popup.offsetHeight - GAP}px` : `${box.bottom + GAP}px`;
}

/**
 * Calls back once when a press or the focus lands outside of all nodes.
 * @param {HTMLElement[]} nodes @param {() => void} leave @returns {() => void} stops watching
 */
export function whenOutside(nodes, leave) {
  const check = (/** @type {Event} */ event) => {
    const target = /** @type {Node} */ (event.target);
    if (!nodes.some((node) => node.contains(target))) leave();
  };
  document.addEventListener("pointerdown", check, true);
  document.addEventListener("focusin", check, true);
  return () => {
    document.removeEventListener("pointerdown", check, true);
    document.removeEventListener("focusin", check, true);
  };
}
