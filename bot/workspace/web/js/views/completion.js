import { SLACKBOT } from "../directory.js";
import { fill, h } from "../dom.js";
import { t } from "../text/i18n.js";
import { avatar } from "./avatar.js";

const MOST = 8;
let lists = 0;

/**
 * Completion over a text area: slash commands at its start, people and groups after @. {node, update(), takes(event)};
 * takes() is true when the key was meant for the list.
 */
export function completion(area, testid, where) {
  const id = `completion-${(lists += 1)}`;
  const node = h("ul", { class: "completion", role: "listbox", id, hidden: true, data: { testid } });
  const state = { entries: [], at: 0 };
  area.setAttribute("aria-controls", id);

  const show = () => {
    node.hidden = state.entries.length === 0;
    node.setAttribute("aria-label", t("suggestions"));
    fill(node, state.entries.map((entry, index) => row(entry, `${id}-${index}`, index === state.at, () => take(index))));
    if (node.hidden) area.removeAttribute("aria-activedescendant");
    else area.setAttribute("aria-activedescendant", `${id}-${state.at}`);
    node.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  };
  const set = (entries) => {
    state.entries = entries.slice(0, MOST);
    state.at = 0;
    show();
  };
  const take = (index) => {
    const { start, insert } = state.entries[index];
    area.setRangeText(insert, start, area.selectionStart, "end");
    set([]);
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(state.at),
    Enter: () => take(state.at),
    Escape: () => set([]),
  };
  const move = (step) => {
    state.at = (state.at + step + state.entries.length) % state.entries.length;
    show();
  };
  area.addEventListener("blur", () => setTimeout(() => set([]), 150));
  return {
    node,
    update: () => set(document.activeElement === area ? candidates(area, where()) : []),
    takes: (event) => {
      if (node.hidden || event.shiftKey || !Object.hasOwn(keys, event.key)) return false;
      if (event.key === "Enter" && state.entries[state.at].complete) return false;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
      return true;
    },
  };
}

function row(entry, id, selected, choose) {
  const press = (event) => {
    event.preventDefault();
    choose();
  };
  return h("li", { id, role: "option", "aria-selected": String(selected), data: { insert: entry.insert }, on: { mousedown: press } },
    entry.face ?? null, h("span", { class: "completion-name" }, entry.name), entry.hint && h("code", {}, entry.hint), entry.about && h("small", {}, entry.about));
}

function candidates(area, { session }) {
  const before = area.value.slice(0, area.selectionStart);
  const slash = /^\/(\S*)$/.exec(before);
  if (slash) return commands(session, before);
  const at = /(?:^|[^\w.@])@([^\s@]{0,20})$/.exec(before);
  return at ? mentions(session.directory, at[1], before.length - at[1].length - 1) : [];
}

function commands(session, typed) {
  const fitting = session.commands.filter(({ command }) => command.startsWith(typed));
  return fitting.map(({ command, description, usage_hint: hint }) => ({ start: 0, insert: `${command} `, name: command, hint, about: description, complete: command === typed }));
}

function mentions(names, typed, start) {
  const like = (text) => String(text ?? "").toLowerCase().includes(typed.toLowerCase());
  const people = [...names.users.values()].filter((user) => user.id !== SLACKBOT && like(user.name));
  const groups = [...names.groups.values()].filter((group) => like(group.handle) || like(group.name));
  return [
    ...people.map((user) => ({ start, insert: `@${user.name} `, name: `@${user.name}`, about: user.title, face: avatar(user, "avatar avatar-tiny") })),
    ...groups.map((group) => ({ start, insert: `@${group.handle} `, name: `@${group.handle}`, about: group.name })),
  ];
}
