import { app, HOME } from "../app.js";
import { fill, h, icon } from "../dom.js";
import { go } from "../navigate.js";
import { post } from "../api.js";
import { t } from "../text/i18n.js";
import { avatar } from "./avatar.js";
import { ask } from "./dialog.js";
import { failed } from "./toast.js";
import { reopenStory } from "../story/progress.js";

export function drawSidebar() {
  const host = document.getElementById("sidebar");
  const { session } = app;
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  host.setAttribute("aria-label", t("places"));
  host.classList.toggle("open", app.drawer);
  document.getElementById("scrim").hidden = !app.drawer;
  const channels = [...session.directory.channels.values()];
  fill(host,
    h("div", { class: "team" }, h("strong", {}, session.team.name), h("small", {}, session.directory.user(session.user)?.name)),
    h("div", { class: "places" },
      group("group_shared", channels.filter((channel) => channel.is_ext_shared)),
      group("group_channels", channels.filter((channel) => !channel.is_ext_shared && !channel.is_im)),
      group("group_direct", channels.filter((channel) => channel.is_im)),
      apps(session)),
    h("div", { class: "sidebar-foot" }, foot("book", "story_reopen", reopenStory, "story-open"), foot("reset", "reset", reset, "reset")));
  if (focused) host.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function group(title, channels) {
  if (!channels.length) return null;
  return h("section", { class: "group" }, h("h2", {}, t(title)), h("ul", {}, channels.map((channel) => h("li", {}, entry(channel)))));
}

function entry(channel) {
  const { session, place } = app;
  const unread = session.unread[channel.id] ?? 0;
  const mentions = session.mentions[channel.id] ?? 0;
  const bold = unread || mentions ? " unread" : "";
  const badge = mentions ? h("span", { class: "badge", "aria-label": t("mentions_count", { n: mentions }) }, mentions) : null;
  return link({ id: `channel-${channel.id}`, current: place === channel.id, extra: bold, run: () => go({ place: channel.id }) },
    glyph(channel), h("span", { class: "place-name" }, placeName(channel)), badge ?? (unread ? h("span", { class: "unread-dot", "aria-label": t("unread_count", { n: unread }) }) : null));
}

function link({ id, current, extra = "", run }, ...children) {
  return h("button", { type: "button", class: `place${extra}`, "aria-current": current ? "page" : null, data: { testid: id }, on: { click: run } }, children);
}

function glyph(channel) {
  if (channel.is_im) return avatar(other(channel), "avatar avatar-tiny");
  return icon(channel.is_ext_shared ? "shared" : channel.is_private ? "lock" : "hash");
}

export const other = (channel) => app.session.directory.user((channel.members ?? []).find((id) => id !== app.session.user) ?? app.session.user);

export const placeName = (channel) => (channel.is_im ? (other(channel)?.name ?? channel.name) : channel.name);

/** The app's own place; customers of another company see no App Home, as the app is not installed on their side. */
function apps(session) {
  const bot = session.directory.app();
  const me = session.directory.user(session.user);
  if (!bot || me?.role === "customer") return null;
  const item = link({ id: "home", current: app.place === HOME, run: () => go({ place: HOME }) },
    avatar(bot, "avatar avatar-tiny"), h("span", { class: "place-name" }, t("home_of", { name: bot.name })));
  return h("section", { class: "group" }, h("h2", {}, t("group_apps")), h("ul", {}, h("li", {}, item)));
}

function foot(glyphName, key, run, id) {
  return h("button", { type: "button", class: "place quiet", data: { testid: id }, on: { click: run } }, icon(glyphName), h("span", {}, t(key)));
}

async function reset() {
  const sure = await ask({ title: t("reset"), body: t("reset_sure"), yes: t("reset_yes"), no: t("cancel"), danger: true });
  if (sure) await post("/page/reset", {}).catch(failed);
}
