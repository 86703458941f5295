import { post } from "../api.js";
import { app } from "../app.js";
import { renderBlocks } from "../blocks/blocks.js";
import { fill, h } from "../dom.js";
import { reconcile } from "../keyed.js";
import { language, t } from "../text/i18n.js";
import { avatar } from "./avatar.js";

/** The app's home, as the app last published it for this person. */
export function drawHome(host, header) {
  const { session } = app;
  const bot = session.directory.app();
  fill(header, h("h1", {}, avatar(bot, "avatar avatar-tiny"), h("span", { class: "channel-name" }, bot?.name ?? t("brand"))), h("p", { class: "purpose" }, t("home_purpose")));
  const view = session.home;
  reconcile(host, [{ key: view?.id ?? "none", stamp: [view, language(), session.directory], make: () => (view ? published(view, session) : h("p", { class: "empty" }, t("home_empty"))) }]);
}

function published(view, session) {
  const act = (event) => post("/page/action", { user: session.user, view_id: view.id, ...event });
  return h("div", { class: "home-card" }, renderBlocks(view.blocks, { names: session.directory, fields: null, act }));
}
