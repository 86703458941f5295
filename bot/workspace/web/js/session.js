import { Directory } from "./directory.js";

/**
 * What one person's client holds. Ephemerals live only here, so they outlast a reconnection and a change of person
 * but not a reload, as in Slack.
 */
export class Session {
  constructor(user, open) {
    this.user = user;
    this.open = open;
    this.ready = false;
    this.messages = new Map(); // channel → Map(key → message)
    this.unread = {};
    this.mentions = {};
    this.views = [];
    this.errors = {};
    this.home = null;
    this.connected = true;
  }

  load(boot) {
    const kept = this.ephemerals();
    this.directory = new Directory({ ...boot, me: this.user }, this.open);
    this.team = boot.team;
    this.commands = boot.commands;
    this.shortcuts = boot.shortcuts;
    this.unread = boot.unread ?? {};
    this.mentions = boot.mentions ?? {};
    this.home = boot.home;
    this.views = boot.views ?? [];
    this.connected = boot.connected;
    this.story = boot.story;
    this.messages = new Map();
    for (const message of [...boot.messages, ...kept]) this.put(message);
    this.ready = true;
  }

  /** All messages of a place in time order, ephemerals among them. */
  in(channel) {
    const all = [...(this.messages.get(channel)?.values() ?? [])];
    return all.sort((a, b) => Number.parseFloat(a.ts) - Number.parseFloat(b.ts));
  }

  all() {
    return [...this.messages.values()].flatMap((channel) => [...channel.values()]);
  }

  ephemerals() {
    return this.all().filter((message) => message.ephemeral);
  }

  put(message) {
    if (!this.messages.has(message.channel)) this.messages.set(message.channel, new Map());
    this.messages.get(message.channel).set(keyOf(message), message);
  }

  get(channel, key) {
    return this.messages.get(channel)?.get(key);
  }

  /** Takes in one event of the stream. */
  apply(event) {
    APPLY[event.type]?.(this, event);
  }
}

/** Ephemerals have timestamps of their own, which may equal a real message's. */
export const keyOf = (message) => (message.ephemeral ? `e${message.ts}` : message.ts);

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

const APPLY = {
  message: (session, { message }) => session.put(message),
  message_changed: (session, { message }) => session.put(message),
  message_deleted: (session, { channel, ts }) => remove(session, channel, ts),
  ephemeral: (session, { message }) => session.put({ ...message, ephemeral: true }),
  ephemeral_removed: (session, { channel, ts }) => session.messages.get(channel)?.delete(`e${ts}`),
  reaction: (session, { channel, ts, reactions }) => {
    const message = session.get(channel, ts);
    if (message) session.put({ ...message, reactions });
  },
  view_opened: (session, { view }) => push(session, view),
  view_pushed: (session, { view }) => push(session, view),
  view_updated: (session, { view }) => {
    session.views = session.views.map((open) => (open.id === view.id ? view : open));
  },
  view_closed: (session, { view_id: id, all }) => {
    const at = session.views.findIndex((view) => view.id === id);
    if (at !== -1) session.views = session.views.slice(0, all ? 0 : at);
  },
  home: (session, { view }) => {
    session.home = view;
  },
  channel: (session, { channel }) => channel && rename(session, "channels", channel),
  user: (session, { user }) => user && rename(session, "users", user),
  connection: (session, { connected }) => {
    session.connected = connected;
  },
  unread: (session, { channel, unread, mentions }) => {
    session.unread = { ...session.unread, [channel]: unread };
    session.mentions = { ...session.mentions, [channel]: mentions };
  },
};

function push(session, view) {
  session.views = [...session.views.filter((open) => open.id !== view.id), view];
}

function rename(session, kind, entry) {
  session.directory = session.directory.with(kind, entry);
}

/** A root that has replies stays as a mark that something was deleted. */
function remove(session, channel, ts) {
  const message = session.get(channel, ts);
  const answered = session.in(channel).some((other) => isReply(other) && other.thread_ts === ts && !other.ephemeral);
  if (message && answered) session.put({ ...message, deleted: true });
  else session.messages.get(channel)?.delete(ts);
}
