import { fill, h, icon } from "../dom.js";
import { maybe, t } from "../text/i18n.js";

const SHOWN_MS = 7000;
const MOST = 3;

/** A short notice that goes away by itself. `kind` is "error" or "done". */
export function toast(text, kind = "error") {
  const host = document.getElementById("toasts");
  const note = h("div", { class: `toast toast-${kind}`, data: { testid: "toast" } }, icon(kind === "error" ? "warn" : "check"), h("span", {}, text));
  const close = h("button", { type: "button", class: "ghost", "aria-label": t("close"), on: { click: () => note.remove() } }, icon("close"));
  note.append(close);
  host.append(note);
  fill(host, [...host.children].slice(-MOST));
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Shows what went wrong in words; a code that has none is shown as it is, so that it can be looked up. */
export function failed(error) {
  const code = error?.code ?? error?.message ?? String(error);
  toast(maybe(`error_${code.split(":")[0]}`) ?? t("error_other", { code }));
}
