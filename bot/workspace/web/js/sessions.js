import { get, stream } from "./api.js";
import { app, changed } from "./app.js";
import { Session } from "./session.js";

/*
 * The clients of the persons that were visited. The last few stay on line, so that what reaches one of them alone
 * (an ephemeral) is still there after a look through other eyes. A browser gives one origin six connections: hence the limit,
 * and a hidden tab keeps only its current person's.
 */
const ON_LINE = 3;
const sessions = new Map();
const watchers = [];
let openPlace = () => {};

export function configure({ open }) {
  openPlace = open;
}

/** `watcher(session, event)` sees every event of every person on line; event is null after a (re)load. */
export function watch(watcher) {
  watchers.push(watcher);
}

export const visited = () => [...sessions.values()];

/** The person's session, loaded and on line. */
export async function enter(user) {
  const session = sessions.get(user) ?? new Session(user, (channel) => openPlace(channel));
  sessions.delete(user);
  sessions.set(user, session);
  const ready = session.source ? session.loading : connect(session);
  rest(ON_LINE);
  await ready;
  return session;
}

function connect(session) {
  session.queue = [];
  session.source = stream(session.user, {
    onevent: (event) => (session.queue ? session.queue.push(event) : take(session, event)),
    onopen: () => {
      session.offline = false;
      if (session.lost) session.loading = load(session);
      session.lost = false;
    },
    onerror: () => {
      session.lost = session.offline = true;
      changed();
    },
  });
  session.loading = load(session);
  return session.loading;
}

/** Events that arrive while the state is fetched wait, so none is lost between the two. */
async function load(session) {
  session.queue ??= [];
  try {
    session.load(await get("/page/boot", { user: session.user }));
    for (const event of session.queue) session.apply(event);
  } finally {
    session.queue = null;
  }
  for (const watcher of watchers) watcher(session, null);
  changed();
}

function take(session, event) {
  if (event.type === "reset") for (const each of sessions.values()) each.messages.clear();
  if (event.type === "reset" || fromNowhere(session, event)) {
    session.loading = load(session);
    return;
  }
  session.apply(event);
  for (const watcher of watchers) watcher(session, event);
  changed();
}

/** A message in a place that the person did not have yet: an app wrote to them for the first time. */
function fromNowhere(session, { message }) {
  return message && !message.ephemeral && !session.directory?.channel(message.channel);
}

function disconnect(session) {
  session.source?.close();
  session.source = null;
}

/** Takes all but the `limit` last visited persons off line. */
function rest(limit) {
  for (const session of [...sessions.values()].slice(0, -limit)) disconnect(session);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) rest(1);
  else if (app.session && !app.session.source) connect(app.session);
});
