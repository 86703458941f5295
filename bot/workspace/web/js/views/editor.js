import { post } from "../api.js";
import { app, changed } from "../app.js";
import { h } from "../dom.js";
import { composing } from "../ime.js";
import { t } from "../text/i18n.js";
import { decodeForEditing, encode } from "../text/outgoing.js";
import { failed } from "./toast.js";

/** One's own message as a text area, in place. */
export function editor(message) {
  const names = app.session.directory;
  const area = h("textarea", { class: "control", rows: 3, "aria-label": t("edit_message"), data: { testid: "editor" } });
  area.value = decodeForEditing(message.text ?? "", names);
  const done = () => {
    app.editing = null;
    changed();
  };
  const save = async () => {
    const text = encode(area.value.trim(), names);
    if (!text) return;
    try {
      if (text !== message.text) await post("/page/edit", { user: app.session.user, channel: message.channel, ts: message.ts, text });
      done();
    } catch (error) {
      failed(error);
    }
  };
  area.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      done();
    }
  });
  queueMicrotask(() => area.focus());
  return h("div", { class: "editor" }, area, h("div", { class: "editor-foot" },
    h("button", { type: "button", class: "btn", on: { click: done } }, t("cancel")),
    h("button", { type: "button", class: "btn btn-primary", data: { testid: "editor-save" }, on: { click: save } }, t("save"))));
}
