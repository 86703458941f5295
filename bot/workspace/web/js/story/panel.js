import { app } from "../app.js";
import { fill, h, icon } from "../dom.js";
import { t } from "../text/i18n.js";
import { closeStory, isThere, lead, observe, story, toggleSteps } from "./progress.js";
import { STEPS } from "./steps.js";

/** The story above the messages: the step that is next, and all of them when unfolded. */
export function drawStory() {
  const host = document.getElementById("story");
  observe();
  host.hidden = story.closed || app.session.story === false;
  if (host.hidden) {
    fill(host);
    return;
  }
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  fill(host, h("section", { class: story.open ? "story open" : "story", "aria-label": t("story_title"), data: { testid: "story" } }, head(), story.open ? steps() : current()));
  if (focused) host.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function head() {
  const all = h("button", { type: "button", class: "link", "aria-expanded": String(story.open), data: { testid: "story-toggle" }, on: { click: toggleSteps } }, t(story.open ? "story_fold" : "story_unfold"));
  const close = h("button", { type: "button", class: "ghost", "aria-label": t("story_close"), title: t("story_close"), data: { testid: "story-close" }, on: { click: closeStory } }, icon("close"));
  const ticks = h("span", { class: "ruler", "aria-hidden": "true" }, STEPS.map(({ key }) => h("i", { class: story.done(key) ? "on" : null })));
  return h("header", { class: "story-head" }, h("strong", {}, t("story_title")), ticks,
    h("span", { class: "story-count" }, t("story_count", { n: story.count(), all: STEPS.length })), all, close);
}

function current() {
  const step = story.next();
  if (!step) return h("p", { class: "story-now" }, icon("check"), t("story_end"));
  return h("div", { class: "story-now", data: { step: step.key } }, words(step), button(step));
}

function steps() {
  const next = story.next();
  return [
    h("p", { class: "story-intro" }, t(next ? "story_intro" : "story_end")),
    h("ol", { class: "story-steps" }, STEPS.map((step) => {
      const done = story.done(step.key);
      const look = ["story-step", done && "done", step === next && "next"].filter(Boolean).join(" ");
      return h("li", { class: look, data: { testid: `story-step-${step.key}`, done: String(done) }, "aria-current": step === next ? "step" : null },
        h("span", { class: "story-tick", "aria-label": done ? t("story_done") : null, role: done ? "img" : null }, done && icon("check")), words(step), step === next && button(step));
    })),
  ];
}

function words(step) {
  return h("div", { class: "story-words" }, h("b", {}, t(`story_${step.key}`)), h("span", {}, t(`story_${step.key}_how`)));
}

/** Where the step happens already there is nobody to change to; its words can still be laid out. */
function button(step) {
  const there = isThere(step);
  if (there && !step.words) return null;
  return h("button", { type: "button", class: "btn btn-primary", data: { testid: "story-lead" }, on: { click: () => lead(step) } }, t(there ? "story_fill" : "story_lead"));
}
