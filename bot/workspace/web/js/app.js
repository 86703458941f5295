/** What is on screen. Views read it and draw themselves; whoever changes it calls changed(). */
export const app = {
  people: [],
  session: null,
  place: null, // a channel id, or HOME
  thread: null, // ts of the thread's root
  editing: null, // key of the message being edited
  unfolded: new Set(), // keys of long messages shown whole
  drawer: false,
};

export const HOME = "home";

const views = [];
let due = false;

export function onDraw(view) {
  views.push(view);
}

/** Draws once after the current burst of changes. */
export function changed() {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    for (const view of views) view();
  });
}
