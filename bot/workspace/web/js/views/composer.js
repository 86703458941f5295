import { post, upload } from "../api.js";
import { app } from "../app.js";
import { h, icon } from "../dom.js";
import { composing } from "../ime.js";
import { t } from "../text/i18n.js";
import { encode } from "../text/outgoing.js";
import { Completion } from "./completion.js";
import { failed, toast } from "./toast.js";

const drafts = new Map(); // user/channel/thread → what was typed there and not sent

const spot = ({ channel, thread_ts: thread }) => `${app.session.user}/${channel}/${thread ?? ""}`;

/** Lays words into the composer of a place, for its person to read, change and send. */
export function prefill(place, text) {
  drafts.set(spot(place), text);
}

/** A place to write. `target()` says where its words go: {channel, thread_ts?}; `hooks` are its data-testids. */
export class Composer {
  constructor(hooks, target) {
    this.target = target;
    this.here = null; // the spot whose draft is shown
    this.area = h("textarea", { rows: 1, "aria-autocomplete": "list", data: { testid: hooks.area } });
    this.completion = new Completion(this.area, hooks.completion);
    this.picker = h("input", { type: "file", hidden: true, data: { testid: hooks.file } });
    this.attach = h("button", { type: "button", class: "ghost", on: { click: () => this.picker.click() } }, icon("attach"));
    this.help = h("span", { class: "composer-help" });
    this.send = h("button", { type: "button", class: "send", data: { testid: hooks.send }, on: { click: () => this.submit() } }, icon("send"));
    const foot = h("div", { class: "composer-foot" }, this.attach, this.help, this.send);
    this.node = h("div", { class: "composer" }, this.completion.node, h("div", { class: "composer-box" }, this.area, foot), this.picker);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    this.picker.addEventListener("change", () => this.share());
  }

  /** Shows the words of where we are now, in the language of now. */
  draw(placeholder) {
    this.area.placeholder = placeholder;
    this.area.setAttribute("aria-label", placeholder);
    this.send.setAttribute("aria-label", t("send"));
    this.attach.setAttribute("aria-label", t("attach"));
    this.help.textContent = t("composer_help");
    const now = spot(this.target());
    const text = drafts.get(now) ?? "";
    if (now !== this.here || text !== this.area.value) this.show(text);
    this.here = now;
  }

  focus() {
    this.area.focus();
  }

  show(text) {
    this.area.value = text;
    this.grow();
    this.completion.update();
  }

  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight}px`;
    this.send.disabled = this.area.value.trim() === "";
  }

  typed() {
    drafts.set(this.here, this.area.value);
    this.grow();
    this.completion.update();
  }

  pressed(event) {
    if (composing(event) || this.completion.takes(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  /** Sends a message or runs a slash command; the words come back if they are refused. */
  async submit() {
    const text = this.area.value.trim();
    if (!text || this.send.getAttribute("aria-busy") === "true") return;
    const key = this.here;
    const sent = deliver(text, this.target());
    if (!sent) return;
    drafts.delete(key);
    this.show("");
    this.send.setAttribute("aria-busy", "true");
    try {
      await sent;
    } catch (error) {
      failed(error);
      if (!drafts.get(key)) drafts.set(key, text);
      if (this.here === key) this.show(drafts.get(key));
    } finally {
      this.send.removeAttribute("aria-busy");
    }
  }

  async share() {
    const [file] = this.picker.files;
    if (!file) return;
    try {
      await upload({ user: app.session.user, ...this.target() }, file);
    } catch (error) {
      failed(error);
    } finally {
      this.picker.value = "";
    }
  }
}

/** The request under way, or null where there is nothing to ask the server. */
function deliver(text, place) {
  const { session } = app;
  const [name] = text.split(/\s/, 1);
  if (!/^\/[\p{L}\p{N}_-]+$/u.test(name)) {
    return post("/page/message", { user: session.user, ...place, text: encode(text, session.directory) });
  }
  if (!session.commands.some(({ command }) => command === name)) {
    toast(t("unknown_command", { name }));
    return null;
  }
  const words = encode(text.slice(name.length).trim(), session.directory);
  return post("/page/command", { user: session.user, ...place, command: name, text: words });
}
