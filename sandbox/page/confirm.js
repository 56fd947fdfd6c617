/** A question before something is done. Decides nothing; answers yes or no. */

import { h, uid } from "./dom.js";
import { rememberFocus } from "./focus-memory.js";

/**
 * @param {{title: string, text: (Node | string)[], yes: string, no: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes, no, danger }) {
  const titleId = uid("confirm");
  const textId = uid("confirm");
  const refuse = h("button", { type: "button", class: "button" }, no);
  const accept = h("button", { type: "button", class: `button ${danger ? "danger" : "primary"}` }, yes);
  const dialog = h(
    "dialog",
    { class: "confirm", "aria-labelledby": titleId, "aria-describedby": textId },
    h("h2", { id: titleId, dir: "auto" }, title),
    h("div", { id: textId, class: "confirm-text" }, text),
    h("div", { class: "confirm-buttons" }, refuse, accept),
  );
  document.body.appendChild(dialog);
  const giveBack = rememberFocus();
  dialog.showModal();
  refuse.focus();
  return new Promise((resolve) => {
    /** @param {boolean} answer */
    const done = (answer) => {
      dialog.close();
      dialog.remove();
      giveBack();
      resolve(answer);
    };
    refuse.addEventListener("click", () => done(false));
    accept.addEventListener("click", () => done(true));
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      event.preventDefault();
      done(false);
    });
  });
}
