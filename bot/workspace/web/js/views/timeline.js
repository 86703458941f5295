import { app } from "../app.js";
import { h } from "../dom.js";
import { reconcile } from "../keyed.js";
import { isReply, keyOf } from "../session.js";
import { language, t } from "../text/i18n.js";
import { dateOf, day, dayKey } from "../text/time.js";
import { messageNode } from "./message.js";

const TOGETHER_MS = 5 * 60 * 1000;
const NEAR_END = 80;

/** What the channel itself shows: all but replies. A deleted root stays where it was answered. */
export function rootsOf(session, channel) {
  const threads = threadsOf(session, channel);
  const roots = session.in(channel).filter((message) => isInChannel(message) && (!message.deleted || threads.get(message.ts)?.count));
  return { roots, threads };
}

const isInChannel = (message) => !isReply(message) || message.broadcast;

export function repliesOf(session, channel, ts) {
  return session.in(channel).filter((message) => isReply(message) && message.thread_ts === ts && !message.deleted);
}

/** Root ts → {count, last, hidden}: how many replies everybody sees, the last one's ts, whether there are others. */
function threadsOf(session, channel) {
  const threads = new Map();
  for (const message of session.in(channel)) {
    if (!isReply(message) || message.deleted) continue;
    const thread = threads.get(message.thread_ts) ?? { count: 0, last: null, hidden: false };
    threads.set(message.thread_ts, thread);
    if (message.ephemeral) thread.hidden = true;
    else Object.assign(thread, { count: thread.count + 1, last: message.ts });
  }
  return threads;
}

/**
 * Draws `messages` into `list`, keeping what did not change, and stays at the end if the reader was there.
 * `threads` (see rootsOf) is null inside a thread; `news` is the key of the first unread message.
 */
export function drawTimeline(list, messages, { threads = null, openThread, news = null }) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  const items = [];
  let previous = null;
  for (const message of messages) {
    const date = dateOf(message.ts);
    const newDay = !previous || dayKey(dateOf(previous.ts)) !== dayKey(date);
    if (newDay && threads) items.push(divider(`day-${dayKey(date)}`, day(date), "day"));
    if (news === keyOf(message)) items.push(divider("news", t("new_messages"), "day news"));
    items.push(item(message, { follows: !newDay && goesOn(previous, message), threads, openThread }));
    previous = message;
  }
  reconcile(list, items);
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function divider(key, text, className) {
  return { key, stamp: [text], make: () => h("div", { class: className, role: "separator" }, h("span", {}, text)) };
}

function item(message, { follows, threads, openThread }) {
  const { session } = app;
  const thread = threads ? (threads.get(message.ts) ?? { count: message.reply_count ?? 0, last: null, hidden: false }) : null;
  const key = keyOf(message);
  return {
    key: `${message.channel}/${key}`,
    stamp: [message, follows, language(), session.directory, app.editing === key, app.unfolded.has(`${message.channel}/${key}`), thread?.count, thread?.last, thread?.hidden],
    make: () => messageNode(message, { follows, thread, openThread }),
  };
}

/** The same voice within five minutes, nothing private in between. */
function goesOn(previous, message) {
  if (!previous || previous.ephemeral || message.ephemeral || previous.deleted) return false;
  const same = previous.user === message.user && previous.username === message.username && previous.bot_id === message.bot_id;
  return same && dateOf(message.ts) - dateOf(previous.ts) < TOGETHER_MS;
}
