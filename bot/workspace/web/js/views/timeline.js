import { app } from "../app.js";
import { h } from "../dom.js";
import { reconcile } from "../keyed.js";
import { isReply, keyOf } from "../session.js";
import { language, t } from "../text/i18n.js";
import { dateOf, day, dayKey } from "../text/time.js";
import { messageNode } from "./message.js";

const TOGETHER_MS = 5 * 60 * 1000;
const NEAR_END = 80;

/** What the channel itself shows: roots, and replies that were also sent to the channel. */
export function rootsOf(session, channel) {
  const all = session.in(channel);
  return all.filter((message) => (!isReply(message) || message.subtype === "thread_broadcast") && !(message.deleted && !repliesOf(session, channel, message.ts).length));
}

export function repliesOf(session, channel, ts) {
  return session.in(channel).filter((message) => isReply(message) && message.thread_ts === ts && !message.deleted);
}

/** Draws `messages` into `list`, keeping what did not change, and stays at the end if the reader was there. */
export function drawTimeline(list, messages, { inThread = false, openThread, news = null }) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  const items = [];
  let previous = null;
  for (const message of messages) {
    const date = dateOf(message.ts);
    const newDay = !previous || dayKey(dateOf(previous.ts)) !== dayKey(date);
    if (newDay && !inThread) items.push(divider(`day-${dayKey(date)}`, day(date), "day"));
    if (news === keyOf(message)) items.push(divider("news", t("new_messages"), "day news"));
    items.push(item(message, { follows: !newDay && goesOn(previous, message), inThread, openThread }));
    previous = message;
  }
  reconcile(list, items);
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function divider(key, text, className) {
  return { key, stamp: [text], make: () => h("div", { class: className, role: "separator" }, h("span", {}, text)) };
}

function item(message, { follows, inThread, openThread }) {
  const { session } = app;
  const thread = inThread ? null : threadOf(session, message);
  const key = keyOf(message);
  return {
    key: `${message.channel}/${key}`,
    stamp: [message, follows, language(), session.directory, app.editing === key, thread?.count, thread?.last, thread?.hidden],
    make: () => messageNode(message, { follows, thread, openThread }),
  };
}

function threadOf(session, message) {
  const replies = repliesOf(session, message.channel, message.ts);
  const open = replies.filter((reply) => !reply.ephemeral);
  return { count: open.length || (message.reply_count ?? 0), last: open.at(-1)?.ts ?? null, hidden: open.length !== replies.length };
}

/** The same voice within five minutes, nothing private in between. */
function goesOn(previous, message) {
  if (!previous || previous.ephemeral || message.ephemeral || previous.deleted) return false;
  const same = previous.user === message.user && previous.username === message.username && previous.bot_id === message.bot_id;
  return same && dateOf(message.ts) - dateOf(previous.ts) < TOGETHER_MS;
}
