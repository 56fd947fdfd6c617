/** Keeps what is read in its place while things come and go around it. Decides nothing of what comes and goes. */

/**
 * @param {HTMLElement} scroller @param {Iterable<HTMLElement>} nodes in order, one of which is being read
 * @param {() => void} work changes what stands in the scroller
 */
export function steadily(scroller, nodes, work) {
  const { top } = scroller.getBoundingClientRect();
  const seen = [...nodes].find((node) => node.getBoundingClientRect().bottom > top);
  const before = seen?.getBoundingClientRect().top || 0;
  scroller.style.overflowAnchor = "none";
  work();
  if (seen?.isConnected) scroller.scrollTop += seen.getBoundingClientRect().top - before;
  requestAnimationFrame(() => {
    scroller.style.overflowAnchor = "";
  });
}

/** @param {HTMLElement} scroller @returns {{above: number, below: number}} how much is out of sight, in pixels */
export function outOfSight({ scrollHeight, scrollTop, clientHeight }) {
  return { above: scrollTop, below: scrollHeight - scrollTop - clientHeight };
}
