import { app } from "../app.js";
import { fill, icon } from "../dom.js";
import { t } from "../text/i18n.js";

/** Says that the bot is not connected, or that the page itself lost its server. */
export function drawBanner() {
  const host = document.getElementById("banner");
  const key = app.session.offline ? "server_lost" : app.session.connected ? null : "bot_lost";
  if (host.dataset.key === `${key}${t("brand")}`) return;
  host.dataset.key = `${key}${t("brand")}`;
  host.dataset.testid = "banner";
  host.hidden = !key;
  if (key) fill(host, icon("warn"), t(key));
}
