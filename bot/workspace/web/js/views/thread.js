import { app } from "../app.js";
import { fill, h, icon } from "../dom.js";
import { openThread } from "../navigate.js";
import { language, t } from "../text/i18n.js";
import { Composer } from "./composer.js";
import { placeName } from "./sidebar.js";
import { drawTimeline, repliesOf } from "./timeline.js";

const head = h("header", { class: "channel-head" });
const list = h("div", { class: "timeline", role: "log", tabindex: 0 });
const HOOKS = { area: "thread-composer", send: "thread-composer-send", file: "thread-composer-file", completion: "thread-completion" };
const box = new Composer(HOOKS, () => ({ channel: app.place, thread_ts: app.thread }));

let shown = null;

export function mountThread() {
  const host = document.getElementById("thread");
  host.dataset.testid = "thread-panel";
  fill(host, head, list, box.node);
}

export const closeThread = () => openThread(null);

export function drawThread() {
  const host = document.getElementById("thread");
  const { session, thread } = app;
  const channel = session.directory.channel(app.place);
  const root = thread && channel ? session.get(channel.id, thread) : null;
  host.hidden = !root;
  document.body.classList.toggle("has-thread", Boolean(root));
  if (!root) {
    shown = null;
    return;
  }
  const where = `${session.user}/${channel.id}/${thread}/${language()}`;
  if (where !== shown) fill(head, back(), h("h2", {}, t("thread"), h("small", {}, placeName(channel))));
  host.setAttribute("aria-label", t("thread"));
  list.setAttribute("aria-label", t("thread"));
  drawTimeline(list, [root, ...repliesOf(session, channel.id, thread)], { openThread });
  box.draw(t("reply_here"));
  if (where !== shown) {
    list.scrollTop = list.scrollHeight;
    if (document.activeElement?.tagName !== "TEXTAREA") box.focus(); // never away from words being typed
  }
  shown = where;
}

function back() {
  return h("button", { type: "button", class: "ghost", "aria-label": t("close_thread"), data: { testid: "thread-close" }, on: { click: closeThread } }, icon("close"));
}
