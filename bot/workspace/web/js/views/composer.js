import { post, upload } from "../api.js";
import { app } from "../app.js";
import { h, icon } from "../dom.js";
import { composing } from "../ime.js";
import { t } from "../text/i18n.js";
import { encode } from "../text/outgoing.js";
import { completion } from "./completion.js";
import { failed, toast } from "./toast.js";

const drafts = new Map(); // user/channel/thread → what was typed there and not sent

const spot = ({ channel, thread_ts: thread }) => `${app.session.user}/${channel}/${thread ?? ""}`;

/** Lays words into the composer of a place, for its person to read, change and send. */
export function prefill({ channel, thread_ts }, text) {
  drafts.set(spot({ channel, thread_ts }), text);
}

/** A place to write: {node, draw(placeholder), focus()}. `target()` says where its words go. */
export function composer({ testid, target }) {
  const area = h("textarea", { rows: 1, "aria-autocomplete": "list", data: { testid } });
  const send = h("button", { type: "button", class: "send", data: { testid: testid === "composer" ? "send" : `${testid}-send` } }, icon("send"));
  const picker = h("input", { type: "file", hidden: true, data: { testid: `${testid}-file` } });
  const attach = h("button", { type: "button", class: "ghost" , on: { click: () => picker.click() } }, icon("attach"));
  const help = h("span", { class: "composer-help" });
  const list = completion(area, testid === "composer" ? "completion" : "thread-completion", () => ({ session: app.session, thread: target().thread_ts }));
  const node = h("div", { class: "composer" }, list.node, h("div", { class: "composer-box" }, area, h("div", { class: "composer-foot" }, attach, help, send)), picker);
  let here = null;

  const grow = () => {
    area.style.setProperty("--lines", String(Math.min(10, area.value.split("\n").length)));
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
    send.disabled = area.value.trim() === "";
  };
  const set = (text) => {
    area.value = text;
    grow();
    list.update();
  };
  const submit = () => dispatch(area.value.trim(), target(), { set, send, current: () => area.value });

  area.addEventListener("input", () => {
    drafts.set(here, area.value);
    grow();
    list.update();
  });
  area.addEventListener("keydown", (event) => {
    if (composing(event) || list.takes(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  send.addEventListener("click", submit);
  picker.addEventListener("change", () => sendFile(picker, target()));

  const draw = (placeholder) => {
    area.placeholder = placeholder;
    area.setAttribute("aria-label", placeholder);
    send.setAttribute("aria-label", t("send"));
    attach.setAttribute("aria-label", t("attach"));
    help.textContent = t("composer_help");
    const now = spot(target());
    const text = drafts.get(now) ?? "";
    if (now !== here || text !== area.value) {
      here = now;
      set(text);
    }
  };
  return { node, draw, focus: () => area.focus() };
}

/** Sends a message or runs a slash command; the words come back if the server refuses them. */
async function dispatch(text, place, { set, send, current }) {
  if (!text || send.getAttribute("aria-busy") === "true") return;
  const key = spot(place);
  const { session } = app;
  const run = /^\/[\p{L}\p{N}_-]+/u.test(text) ? command(text, place, session) : message(text, place, session);
  if (!run) return;
  drafts.delete(key);
  set("");
  send.setAttribute("aria-busy", "true");
  try {
    await run;
  } catch (error) {
    failed(error);
    if (!drafts.get(key)) drafts.set(key, text);
    if (current() === "" && app.session === session && spot(place) === key) set(text);
  } finally {
    send.removeAttribute("aria-busy");
  }
}

function message(text, place, session) {
  return post("/page/message", { user: session.user, ...place, text: encode(text, session.directory) });
}

function command(text, place, session) {
  const [name] = text.split(/\s/, 1);
  if (!session.commands.some(({ command: known }) => known === name)) {
    toast(t("unknown_command", { name }));
    return null;
  }
  const words = encode(text.slice(name.length).trim(), session.directory);
  return post("/page/command", { user: session.user, ...place, command: name, text: words });
}

async function sendFile(picker, place) {
  const [file] = picker.files;
  picker.value = "";
  if (!file) return;
  try {
    await upload({ user: app.session.user, ...place }, file);
  } catch (error) {
    failed(error);
  }
}
