import { app, HOME } from "../app.js";
import { fill, h, icon } from "../dom.js";
import { markRead, openThread } from "../navigate.js";
import { keyOf } from "../session.js";
import { maybe, t } from "../text/i18n.js";
import { Composer } from "./composer.js";
import { showFiles } from "./files.js";
import { drawHome } from "./home.js";
import { other, placeName } from "./sidebar.js";
import { drawTimeline, rootsOf } from "./timeline.js";

const header = h("header", { class: "channel-head" });
const story = h("div", { id: "story" });
const list = h("div", { class: "timeline", role: "log", tabindex: 0, data: { testid: "timeline" } });
const home = h("div", { class: "home-view", data: { testid: "home-view" } });
const HOOKS = { area: "composer", send: "send", file: "composer-file", completion: "completion" };
const box = new Composer(HOOKS, () => ({ channel: app.place }));

let shown = null; // user/place that is on screen
let news = null; // key of the first unread message when it was opened

export function mountChannel() {
  fill(document.getElementById("main"), story, header, list, home, box.node);
}

export function drawChannel() {
  const { session, place } = app;
  const atHome = place === HOME;
  const where = `${session.user}/${place}`;
  const arrived = where !== shown;
  list.hidden = atHome;
  box.node.hidden = atHome;
  home.hidden = !atHome;
  if (atHome) drawHome(home, header);
  else drawPlace(session, session.directory.channel(place), arrived);
  shown = where;
}

function drawPlace(session, channel, arrived) {
  const { roots, threads } = rootsOf(session, channel.id);
  if (arrived) news = firstUnread(roots, session.unread[channel.id] ?? 0);
  drawHeader(session, channel);
  list.setAttribute("aria-label", t("messages_in", { name: placeName(channel) }));
  drawTimeline(list, roots, { threads, openThread, news });
  if (!roots.length) fill(list, h("p", { class: "empty" }, t("channel_empty", { name: placeName(channel) })));
  if (arrived) list.scrollTop = list.scrollHeight;
  box.draw(t("write_to", { name: (channel.is_im ? "@" : "#") + placeName(channel) }));
  markRead();
}

function firstUnread(messages, count) {
  const others = messages.filter((message) => message.user !== app.session.user && !message.ephemeral);
  const first = count ? others.at(-Math.min(count, others.length)) : null;
  return first ? keyOf(first) : null;
}

function drawHeader(session, channel) {
  const members = (channel.members ?? []).length;
  const partner = partnerName(session, channel);
  const glyph = channel.is_im ? null : icon(channel.is_private ? "lock" : "hash");
  const files = h("button", { type: "button", class: "ghost", "aria-label": t("files"), title: t("files"), data: { testid: "files-open" }, on: { click: () => showFiles(channel.id) } }, icon("file"));
  fill(header,
    h("h1", {}, glyph, h("span", { class: "channel-name" }, placeName(channel))),
    channel.is_ext_shared && h("span", { class: "tag tag-company", title: t("shared_hint") }, icon("shared"), t("shared_with", { name: partner })),
    h("p", { class: "purpose" }, channel.is_im ? (maybe(`role_${other(channel)?.role}`) ?? t("role_app")) : channel.purpose),
    !channel.is_im && h("span", { class: "members" }, t("members", { n: members })), files);
}

/** The company on the other side of a shared channel, as this person sees it. */
function partnerName(session, channel) {
  const mine = session.directory.user(session.user)?.team_id;
  const stranger = app.people.find(({ id, team_id: team }) => team !== mine && channel.members?.includes(id));
  const named = typeof channel.partner_team === "object" ? channel.partner_team?.name : channel.partner_team;
  const theirs = app.people.find(({ team_id: team }) => team === named);
  if (named && named !== mine) return theirs?.team_name ?? named;
  return stranger?.team_name ?? t("other_company");
}
