import { post } from "../api.js";
import { app, changed } from "../app.js";
import { renderBlocks } from "../blocks/blocks.js";
import { fill, h, icon } from "../dom.js";
import { isReply, keyOf } from "../session.js";
import { emoji } from "../text/emoji.js";
import { scriptOf, t } from "../text/i18n.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { clock, dateOf, moment } from "../text/time.js";
import { avatar } from "./avatar.js";
import { editor } from "./editor.js";
import { fileCard } from "./files.js";
import { actionsOf, reactTo } from "./messageactions.js";
import { failed } from "./toast.js";

/**
 * One message. `follows`: the same author went on speaking, so name and picture are left out.
 * `thread`: {count, last, hidden} of its replies, or null inside a thread.
 */
export function messageNode(message, { follows, thread, openThread }) {
  const { session } = app;
  const key = keyOf(message);
  const author = authorOf(message, session);
  const classes = ["message", follows && "follows", message.ephemeral && "ephemeral", author.outside && "outside"];
  const node = h("article", {
    class: classes.filter(Boolean).join(" "),
    "aria-label": t("message_by", { name: author.name, time: clock(dateOf(message.ts)) }),
    data: { testid: `message-${message.ts}`, ts: message.ts, kind: message.ephemeral ? "ephemeral" : "message" },
  });
  const content = app.editing === key ? editor(message) : bodyOf(message, session);
  const main = h("div", { class: "message-main" }, message.ephemeral && onlyYou(), !follows && head(message, author), content,
    reactions(message), thread && replies(message, thread, openThread));
  return fill(node, gutter(message, author, follows), main, message.deleted || app.editing === key ? null : actionsOf(message, { openThread, inThread: !thread }));
}

/** Name, picture and company of whoever speaks; an app may lend itself another name. */
export function authorOf(message, session) {
  const user = session.directory.user(message.user) ?? (message.bot_id ? { is_bot: true, name: "Bot" } : null);
  const home = session.directory.user(session.user)?.team_id;
  const outside = Boolean(user && !user.is_bot && user.team_id && user.team_id !== home);
  const lent = message.bot_id && message.username ? message.username : null;
  const person = app.people.find(({ id }) => id === message.user);
  return {
    user: lent ? { name: lent, is_bot: false, avatar_color: namesake(lent, session)?.avatar_color } : user,
    name: lent ?? user?.name ?? message.username ?? message.user ?? "?",
    bot: Boolean(message.bot_id),
    company: outside ? (person?.team_name ?? user.team_name ?? t("other_company")) : null,
    outside,
    locale: person?.locale,
  };
}

const namesake = (name, session) => [...session.directory.users.values()].find((user) => user.name === name);

function gutter(message, author, follows) {
  const time = dateOf(message.ts);
  if (follows) return h("time", { class: "gutter-time", title: moment(time) }, clock(time));
  const face = message.bot_id && message.icon && emoji(String(message.icon).replaceAll(":", ""));
  return face ? h("span", { class: "avatar avatar-emoji", "aria-hidden": "true" }, face) : avatar(author.user);
}

function head(message, author) {
  const time = dateOf(message.ts);
  return h("div", { class: "message-head" },
    h("span", { class: "author" }, author.name),
    author.bot && h("span", { class: "tag tag-bot" }, t("app_badge")),
    author.company && h("span", { class: "tag tag-company", title: t("outside_hint") }, icon("shared"), author.company),
    h("time", { class: "stamp", title: moment(time), datetime: time.toISOString() }, clock(time)));
}

const onlyYou = () => h("div", { class: "only-you", data: { testid: "ephemeral" } }, icon("eye"), t("only_you"));

function bodyOf(message, session) {
  if (message.deleted) return h("div", { class: "tombstone" }, t("deleted"));
  const names = session.directory;
  const lang = scriptOf(authorOf(message, session).locale);
  const edited = message.edited && h("span", { class: "edited" }, t("edited"));
  const body = message.blocks?.length
    ? [renderBlocks(message.blocks, surfaceOf(message, session)), edited]
    : words(message, names, edited);
  return h("div", { class: "message-body", lang }, body, message.files?.length ? h("div", { class: "files" }, message.files.map(fileCard)) : null);
}

const LONG = 1500; // characters; what is longer pushes everything else off the screen

/** The text of a message; of a long one the beginning, until it is asked for. */
function words(message, names, edited) {
  const text = message.text ?? "";
  if (text.length <= LONG) return h("div", { class: "text" }, mrkdwn(text, names), edited);
  const key = `${message.channel}/${keyOf(message)}`;
  const whole = app.unfolded.has(key);
  const toggle = () => {
    if (!app.unfolded.delete(key)) app.unfolded.add(key);
    changed();
  };
  return [
    h("div", { class: whole ? "text" : "text folded" }, mrkdwn(text, names), edited),
    h("button", { type: "button", class: "link", "aria-expanded": String(whole), data: { testid: `fold-${message.ts}` }, on: { click: toggle } }, t(whole ? "long_less" : "long_more", { n: text.length })),
  ];
}

function surfaceOf(message, session) {
  const where = { user: session.user, channel: message.channel, ts: message.ts };
  return { names: session.directory, fields: null, files: message.files, act: (event) => post("/page/action", { ...where, ...event }) };
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const chips = message.reactions.map(({ name, users = [], count }) => {
    const mine = users.includes(app.session.user);
    const who = users.map((id) => app.session.directory.user(id)?.name ?? id).join("、");
    return h("button", { type: "button", class: "reaction", "aria-pressed": String(mine), title: who, on: { click: () => reactTo(message, name).catch(failed) } },
      emoji(name) ?? `:${name}:`, h("span", {}, count ?? users.length));
  });
  return h("div", { class: "reactions" }, chips);
}

function replies(message, { count, last, hidden }, openThread) {
  if ((!count && !hidden) || isReply(message)) return null;
  const words = count ? t(count === 1 ? "reply_one" : "reply_many", { n: count }) : t("reply_hidden");
  const note = last ? h("small", {}, t("last_reply", { time: moment(dateOf(last)) })) : null;
  return h("button", { type: "button", class: "replies", data: { testid: `replies-${message.ts}` }, on: { click: () => openThread(message.ts) } },
    icon("reply"), h("span", {}, words), count && hidden ? h("span", { class: "tag" }, t("reply_hidden")) : null, note);
}
