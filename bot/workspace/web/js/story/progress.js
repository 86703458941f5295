import { app, changed } from "../app.js";
import { go } from "../navigate.js";
import { recall, remember } from "../remember.js";
import { visited, watch } from "../sessions.js";
import { prefill } from "../views/composer.js";
import { SCRIPT } from "./script.js";
import { STEPS } from "./steps.js";

/*
 * Where the reader is in the story. `times` holds, per step, when it was seen done (message time in seconds); kept in the
 * browser, so the story goes on after a reload, and dropped when the message that began it is gone from the server.
 */
const stored = () => JSON.parse(recall("story") ?? "null");
const state = stored() ?? { begun: Date.now() / 1000, times: {}, start: null, closed: false, open: true };

export const story = {
  get closed() {
    return state.closed;
  },
  get open() {
    return state.open;
  },
  done: (key) => key in state.times,
  count: () => STEPS.filter(({ key }) => key in state.times).length,
  next: () => STEPS.find(({ key }) => !(key in state.times)) ?? null,
};

export function startStory() {
  save();
  watch((session) => forgetLost(session));
}

/** Looks at what the persons on line hold and ticks what is done. A step counts only after the one that it needs. */
export function observe() {
  if (state.closed) return;
  const screen = { user: app.session.user, place: app.place };
  for (const step of STEPS) {
    if (step.key in state.times || (step.needs && !(step.needs in state.times))) continue;
    const proof = proofOf(step, screen);
    if (proof) tick(step, proof);
  }
}

function proofOf(step, screen) {
  const since = step.needs ? state.times[step.needs] : state.begun - 1;
  const sessions = visited().filter((session) => session.ready);
  for (const session of sessions) {
    const proof = step.done(session, since, screen);
    if (proof) return proof;
  }
  return null;
}

function tick(step, proof) {
  state.times[step.key] = Number.parseFloat(proof.ts);
  if (step.key === "message") state.start = { channel: proof.channel, ts: proof.ts };
  save();
}

function forgetLost(session) {
  const { start } = state;
  const sees = start && session.directory.channels.has(start.channel);
  if (!sees || session.get(start.channel, start.ts)) return;
  restart();
}

function restart() {
  Object.assign(state, { begun: Date.now() / 1000, times: {}, start: null, open: true });
  save();
}

const save = () => remember("story", JSON.stringify(state));

export function closeStory() {
  state.closed = true;
  save();
  changed();
}

/** Takes the story up again where it was left; one that was finished begins anew. */
export function reopenStory() {
  if (!story.next()) restart();
  Object.assign(state, { closed: false, open: true });
  app.drawer = false;
  save();
  changed();
}

export function toggleSteps() {
  state.open = !state.open;
  save();
  changed();
}

/** Whether the reader is where a step happens. */
export function isThere(step) {
  const { session, place, thread } = app;
  const wanted = step.thread?.(session) ?? null;
  return session.user === step.user && place === (step.find?.(session) ?? step.place) && (!wanted || thread === wanted);
}

/** Goes where a step happens and lays out its words. Nothing is sent: that is for the reader to click. */
export async function lead(step) {
  state.open = false;
  await go({ user: step.user, place: step.place });
  const place = step.find?.(app.session);
  const thread = step.thread?.(app.session) ?? null;
  if (place || thread) await go({ user: step.user, place: place ?? step.place, thread });
  if (step.words) prefill({ channel: app.place, thread_ts: thread }, SCRIPT[step.words]);
  save();
  changed();
  queueMicrotask(() => document.querySelector(`[data-testid="${thread ? "thread-composer" : "composer"}"]`)?.focus());
}
