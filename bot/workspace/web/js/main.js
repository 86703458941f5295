import { get } from "./api.js";
import { app, changed, onDraw } from "./app.js";
import { followInside, fromAddress, go, openThread, showWhisper } from "./navigate.js";
import { watch } from "./sessions.js";
import { t } from "./text/i18n.js";
import { startTheme } from "./theme.js";
import { startStory } from "./story/progress.js";
import { drawStory } from "./story/panel.js";
import { drawBanner } from "./views/banner.js";
import { drawChannel, mountChannel } from "./views/channel.js";
import { drawModals } from "./views/modal.js";
import { drawSidebar } from "./views/sidebar.js";
import { drawThread, mountThread } from "./views/thread.js";
import { failed } from "./views/toast.js";
import { drawTopbar } from "./views/topbar.js";

const VIEWS = [drawTitle, drawTopbar, drawBanner, drawSidebar, drawStory, drawChannel, drawThread, drawModals];

function draw() {
  if (app.session?.ready) for (const view of VIEWS) view();
}

function drawTitle() {
  const calls = Object.values(app.session.mentions).reduce((sum, count) => sum + count, 0);
  document.title = `${calls ? `(${calls}) ` : ""}${t("brand")}`;
}

/** Esc steps back: first the drawer, then the thread. Menus and dialogs handle their own. */
function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (app.drawer) app.drawer = false;
  else if (app.thread) openThread(null);
  changed();
}

async function start() {
  startTheme(changed);
  mountChannel();
  mountThread();
  startStory();
  onDraw(draw);
  watch(showWhisper);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("click", followInside);
  document.getElementById("scrim").addEventListener("click", () => {
    app.drawer = false;
    changed();
  });
  try {
    app.people = await get("/page/people");
    await go(fromAddress());
  } catch (error) {
    failed(error);
  }
}

start();
