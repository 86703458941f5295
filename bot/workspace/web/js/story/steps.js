import { isReply } from "../session.js";

/*
 * The guided story over the sample's people. A step names who does it and where; `done` looks at what a person's client
 * holds, `seen` at what is on screen besides. Words are in script.js and the string tables.
 */
const CUSTOMER = "U0CUSTYF";
const AGENT = "U0AGENTTW";
const SUPERVISOR = "U0SUPTW";
const SALES = "U0SALESTW";
const SUPPORT = "C0EXTYF";
const DESK = "C0DESK";
const ESCALATIONS = "C0ESC";

/**
 * done(session, since, screen): the message that shows the step done, if any. `session` is any person's on line, `since` the
 * time at which the step that it `needs` was done, `screen` is {user, place}.
 */
export const STEPS = [
  { key: "message", user: CUSTOMER, place: SUPPORT, words: "message", done: (s, since) => first(s, SUPPORT, since, (m) => m.user === CUSTOMER && !isReply(m)) },
  { key: "card", needs: "message", user: AGENT, place: DESK, done: (s, since, screen) => onScreen(screen, AGENT, DESK) && first(s, DESK, 0, byApp) },
  { key: "drafts", needs: "message", user: AGENT, place: SUPPORT, words: "draft", done: (s, since, screen) => screen.user === AGENT && first(s, SUPPORT, since, privately) },
  { key: "escalate", needs: "message", user: AGENT, place: SUPPORT, words: "escalate", done: (s, since) => first(s, ESCALATIONS, since, (m) => byApp(m) && !isReply(m)) },
  { key: "answer", needs: "escalate", user: SUPERVISOR, place: ESCALATIONS, words: "answer", thread: (s) => latestRoot(s, ESCALATIONS), done: (s, since) => first(s, ESCALATIONS, since, (m) => m.user === SUPERVISOR) ?? decided(s, since) },
  { key: "send", needs: "answer", user: AGENT, place: SUPPORT, find: (s) => directWithApp(s)?.id, done: (s, since) => first(s, SUPPORT, since, (m) => m.user !== CUSTOMER && !m.ephemeral) },
  { key: "tag", needs: "message", user: SALES, place: ESCALATIONS, find: (s) => calling(s)?.channel, thread: (s) => calling(s)?.thread_ts, done: (s, since, screen) => screen.user === SALES && s.user === SALES && screen.place === calling(s)?.channel && calling(s) },
];

const byApp = (message) => Boolean(message.bot_id) && !message.deleted;
const privately = (message) => message.ephemeral && byApp(message);
const onScreen = (screen, user, place) => screen.user === user && screen.place === place;

function first(session, channel, since, fits) {
  return session.in(channel).find((message) => Number.parseFloat(message.ts) > since && fits(message));
}

function latestRoot(session, channel) {
  return session.in(channel).findLast((message) => byApp(message) && !isReply(message))?.ts;
}

/** A decision by button changes the app's own message instead of adding one. */
function decided(session, since) {
  return session.in(ESCALATIONS).find((message) => byApp(message) && Number.parseFloat(message.edited?.ts ?? "0") > since);
}

function directWithApp(session) {
  return [...session.directory.channels.values()].find((channel) => channel.is_im && session.in(channel.id).some(byApp));
}

function calling(session) {
  return session.all().findLast((message) => byApp(message) && JSON.stringify([message.text, message.blocks]).includes(SALES));
}
