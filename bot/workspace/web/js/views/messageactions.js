import { post } from "../api.js";
import { app, changed } from "../app.js";
import { h, icon } from "../dom.js";
import { keyOf } from "../session.js";
import { emoji } from "../text/emoji.js";
import { t } from "../text/i18n.js";
import { ask } from "./dialog.js";
import { menu } from "./popover.js";
import { failed } from "./toast.js";

const QUICK = ["+1", "white_check_mark", "eyes", "pray"];

/** The small bar of a message: reply in thread, and ⋯ with the app's shortcuts and what its author may do. */
export function actionsOf(message, { openThread, inThread }) {
  if (message.ephemeral) return null;
  const reply = h("button", { type: "button", class: "ghost", "aria-label": t("reply_in_thread"), title: t("reply_in_thread"), data: { testid: `reply-${message.ts}` }, on: { click: () => openThread(message.thread_ts ?? message.ts) } }, icon("reply"));
  const more = h("button", { type: "button", class: "ghost", "aria-label": t("more_actions"), title: t("more_actions"), "aria-haspopup": "menu", data: { testid: `more-${message.ts}` } }, icon("more"));
  more.addEventListener("click", () => menu(more, entries(message)));
  return h("div", { class: "message-actions", role: "toolbar", "aria-label": t("message_actions") }, !inThread && reply, more);
}

function entries(message) {
  const { session } = app;
  const shortcuts = (session.shortcuts ?? []).filter(({ type }) => type === "message" || type === "message_action" || !type);
  const list = shortcuts.map(({ callback_id: id, name }) => ({ text: name, testid: `shortcut-${id}`, run: () => call("/page/shortcut", message, { callback_id: id }) }));
  if (list.length) list.push(null);
  for (const name of QUICK) list.push({ text: `${emoji(name)}  ${t("react")}`, testid: `react-${name}`, run: () => reactTo(message, name).catch(failed) });
  list.push({ text: t("copy_text"), run: () => navigator.clipboard?.writeText(message.text ?? "").catch(() => {}) });
  if (message.user === session.user && !message.bot_id) list.push(null, ...own(message));
  return list;
}

function own(message) {
  const edit = () => {
    app.editing = keyOf(message);
    changed();
  };
  const remove = async () => {
    const sure = await ask({ title: t("delete_message"), body: t("delete_sure"), yes: t("delete"), no: t("cancel"), danger: true });
    if (sure) await call("/page/delete", message);
  };
  return [
    { text: t("edit_message"), testid: `edit-${message.ts}`, run: edit },
    { text: t("delete_message"), testid: `delete-${message.ts}`, danger: true, run: remove },
  ];
}

async function call(path, message, more = {}) {
  try {
    await post(path, { user: app.session.user, channel: message.channel, ts: message.ts, ...more });
  } catch (error) {
    failed(error);
  }
}

export function reactTo(message, name) {
  return post("/page/reaction", { user: app.session.user, channel: message.channel, ts: message.ts, name });
}
