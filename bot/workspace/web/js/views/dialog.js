import { h } from "../dom.js";
import { plain, textObject } from "../text/plain.js";
import { t } from "../text/i18n.js";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']";

/** Shows `dialog` modally. The page behind is inert; Tab goes round inside; Esc calls `dismiss`. */
export function showModal(dialog, dismiss) {
  const before = document.activeElement;
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss();
  });
  dialog.addEventListener("keydown", (event) => event.key === "Tab" && goRound(dialog, event));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function goRound(dialog, event) {
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const here = document.activeElement;
  if (event.shiftKey ? here === first || here === dialog : here === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

/** Asks a Block Kit confirmation ({title, text, confirm, deny, style}); resolves to the answer. */
export function confirmed(spec, names) {
  return ask({
    title: plain(spec.title),
    body: textObject(spec.text, names),
    yes: plain(spec.confirm) || t("confirm"),
    no: plain(spec.deny) || t("cancel"),
    danger: spec.style === "danger",
  });
}

export function ask({ title, body, yes, no, danger = false }) {
  return new Promise((resolve) => {
    const finish = (answer) => {
      dialog.close();
      resolve(answer);
    };
    const deny = h("button", { type: "button", class: "btn", data: { testid: "confirm-no" }, on: { click: () => finish(false) } }, no);
    const style = danger ? "btn btn-danger" : "btn btn-primary";
    const accept = h("button", { type: "button", class: style, data: { testid: "confirm-yes" }, on: { click: () => finish(true) } }, yes);
    const dialog = h("dialog", { class: "dialog dialog-small", role: "alertdialog", "aria-labelledby": "ask-title", data: { testid: "confirm" } },
      h("h2", { id: "ask-title", class: "dialog-title" }, title),
      h("div", { class: "dialog-body" }, body),
      h("div", { class: "dialog-foot" }, deny, accept));
    showModal(dialog, () => finish(false));
    accept.focus();
  });
}
