import { post } from "./api.js";
import { app, changed, HOME } from "./app.js";
import { recall, remember } from "./remember.js";
import { configure, enter } from "./sessions.js";
import { failed } from "./views/toast.js";
import { settle } from "./text/i18n.js";

configure({ open: (channel) => go({ place: channel }) });

let trip = 0;

/** Goes to a person, place or thread; what is not named stays, except that a new place closes the thread. */
export async function go({ user = app.session?.user, place, thread = null, replace = false }) {
  const person = app.people.find(({ id }) => id === user) ?? app.people[0];
  const mine = (trip += 1);
  try {
    const session = await enter(person.id);
    if (mine !== trip) return; // a later click overtook this one
    arrive(session, person, place);
  } catch (error) {
    failed(error);
    return;
  }
  app.thread = thread;
  app.editing = null;
  app.drawer = false;
  write(replace);
  look();
  changed();
}

function arrive(session, person, place) {
  const carried = app.place === HOME && app.session !== session ? null : app.place; // a home is one person's own
  app.session = session;
  remember("user", person.id);
  settle(person.locale);
  const wanted = place ?? carried ?? recall(`place.${person.id}`);
  app.place = exists(session, wanted) ? wanted : start(session);
  remember(`place.${person.id}`, app.place);
}

const exists = (session, place) => place === HOME || session.directory.channels.has(place);

/** Where a person begins: the busiest unread place, else the first channel. */
function start(session) {
  const remembered = recall(`place.${session.user}`);
  if (exists(session, remembered)) return remembered;
  const channels = [...session.directory.channels.values()].filter((channel) => !channel.is_im);
  const loud = channels.find(({ id }) => session.mentions[id]) ?? channels.find(({ id }) => session.unread[id]);
  return (loud ?? channels[0])?.id ?? HOME;
}

/** Opening the home asks the app to draw it anew. */
function look() {
  if (app.place === HOME) post("/page/home", { user: app.session.user }).catch(failed);
}

/** Tells the server that what is on screen was seen. */
export function markRead() {
  const { session, place } = app;
  if (document.hidden || !place || place === HOME || !session.unread[place]) return;
  session.unread = { ...session.unread, [place]: 0 };
  session.mentions = { ...session.mentions, [place]: 0 };
  post("/page/read", { user: session.user, channel: place }).catch(() => {});
}

function write(replace) {
  const query = new URLSearchParams({ user: app.session.user, channel: app.place });
  if (app.thread) query.set("thread", app.thread);
  const address = `${location.pathname}?${query}`;
  if (address === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

/** The place that the address bar names. */
export function fromAddress() {
  const query = new URLSearchParams(location.search);
  const agent = app.people.find(({ role }) => role === "agent");
  return {
    user: query.get("user") ?? recall("user") ?? agent?.id,
    place: query.get("channel") ?? undefined,
    thread: query.get("thread"),
    replace: true,
  };
}

export function openThread(ts) {
  app.thread = ts;
  write(false);
  changed();
}

/** Follows links to messages of this workspace without leaving the page; ctrl-click still opens a tab. */
export function followInside(event) {
  const link = event.target.closest?.("a[data-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ place: link.dataset.place, thread: link.dataset.thread });
}

/** What an app whispers into a thread on screen would be missed behind a closed panel, so the panel opens. */
export function showWhisper(session, event) {
  const whispered = event?.type === "ephemeral" && session === app.session && !app.thread;
  const { channel, thread_ts: thread } = event?.message ?? {};
  if (whispered && thread && channel === app.place) openThread(thread);
}

addEventListener("popstate", () => go(fromAddress()));
document.addEventListener("visibilitychange", () => app.session && markRead());
