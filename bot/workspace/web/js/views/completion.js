import { app } from "../app.js";
import { SLACKBOT } from "../directory.js";
import { fill, h } from "../dom.js";
import { t } from "../text/i18n.js";
import { avatar } from "./avatar.js";

const MOST = 8;
const LINGER_MS = 150; // a click on the list takes the focus from the area first
let lists = 0;

/** Completion over a text area: slash commands at its start, people and groups after @. */
export class Completion {
  constructor(area, testid) {
    this.area = area;
    this.id = `completion-${(lists += 1)}`;
    this.entries = [];
    this.at = 0;
    this.node = h("ul", { class: "completion", role: "listbox", id: this.id, hidden: true, data: { testid } });
    area.setAttribute("aria-controls", this.id);
    area.addEventListener("blur", () => setTimeout(() => this.offer([]), LINGER_MS));
  }

  /** Offers what fits the words before the caret. */
  update() {
    this.offer(document.activeElement === this.area ? candidates(this.area, app.session) : []);
  }

  /** Whether the key was meant for the list; then it has been dealt with. */
  takes(event) {
    const act = KEYS[event.key];
    const sends = event.key === "Enter" && this.entries[this.at]?.complete;
    if (this.node.hidden || event.shiftKey || !act || sends) return false;
    event.preventDefault();
    event.stopPropagation();
    act(this);
    return true;
  }

  offer(entries) {
    this.entries = entries.slice(0, MOST);
    this.move(-this.at);
  }

  move(step) {
    const count = this.entries.length;
    this.at = count ? (this.at + step + count) % count : 0;
    this.draw();
  }

  choose(index) {
    const { start, insert } = this.entries[index];
    this.area.setRangeText(insert, start, this.area.selectionStart, "end");
    this.offer([]);
    this.area.focus();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    this.node.hidden = this.entries.length === 0;
    this.node.setAttribute("aria-label", t("suggestions"));
    fill(this.node, this.entries.map((entry, index) => this.row(entry, index)));
    if (this.node.hidden) this.area.removeAttribute("aria-activedescendant");
    else this.area.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    this.node.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  row({ insert, face, name, hint, about }, index) {
    const press = (event) => {
      event.preventDefault();
      this.choose(index);
    };
    const attrs = { id: `${this.id}-${index}`, role: "option", "aria-selected": String(index === this.at), data: { insert } };
    return h("li", { ...attrs, on: { mousedown: press } }, face, h("span", { class: "completion-name" }, name), hint && h("code", {}, hint), about && h("small", {}, about));
  }
}

const KEYS = Object.assign(Object.create(null), {
  ArrowDown: (list) => list.move(1),
  ArrowUp: (list) => list.move(-1),
  Tab: (list) => list.choose(list.at),
  Enter: (list) => list.choose(list.at),
  Escape: (list) => list.offer([]),
});

function candidates(area, session) {
  const before = area.value.slice(0, area.selectionStart);
  if (/^\/\S*$/.test(before)) return commands(session, before);
  const at = /(?:^|[^\w.@])@([^\s@]{0,20})$/.exec(before);
  return at ? mentions(session.directory, at[1], before.length - at[1].length - 1) : [];
}

/** A command typed to its end is `complete`: Enter then sends it. */
function commands(session, typed) {
  const fitting = session.commands.filter(({ command }) => command.startsWith(typed));
  return fitting.map(({ command, description, usage_hint: hint }) => ({ start: 0, insert: `${command} `, name: command, hint, about: description, complete: command === typed }));
}

function mentions(names, typed, start) {
  const like = (text) => String(text ?? "").toLowerCase().includes(typed.toLowerCase());
  const people = [...names.users.values()].filter((user) => user.id !== SLACKBOT && like(user.name));
  const groups = [...names.groups.values()].filter((group) => like(group.handle) || like(group.name));
  return [
    ...people.map((user) => ({ start, insert: `@${user.name} `, name: `@${user.name}`, face: avatar(user, "avatar avatar-tiny") })),
    ...groups.map((group) => ({ start, insert: `@${group.handle} `, name: `@${group.handle}`, about: group.name })),
  ];
}
