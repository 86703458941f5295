import { h } from "../dom.js";

const GAP = 6;
const MARGIN = 8;

/** Opens `content` beside `anchor` in the top layer; Esc and a click elsewhere close it. Returns close(). */
export function popover(anchor, content, { closed = () => {}, role = null } = {}) {
  const box = h("div", { class: "popover", popover: "auto", role }, content);
  anchor.after(box);
  anchor.setAttribute("aria-expanded", "true");
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (box.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    box.remove();
    closed();
  });
  box.showPopover();
  settle(box, anchor.getBoundingClientRect());
  box.querySelector("button, input, [tabindex]")?.focus();
  return () => box.isConnected && box.hidePopover();
}

function settle(box, anchor) {
  const { width, height } = box.getBoundingClientRect();
  const below = anchor.bottom + GAP + height <= innerHeight - MARGIN;
  const top = below ? anchor.bottom + GAP : Math.max(MARGIN, anchor.top - GAP - height);
  const left = Math.min(Math.max(MARGIN, anchor.left), innerWidth - width - MARGIN);
  box.style.setProperty("--top", `${top}px`);
  box.style.setProperty("--left", `${left}px`);
}

/** A menu of {text, run, description?, danger?, value?, testid?, icon?}; arrows move, Enter chooses. null draws a line. */
export function menu(anchor, entries) {
  const items = entries.map((entry) => (entry === null ? h("hr") : item(entry, () => close())));
  const close = popover(anchor, items, { role: "menu" });
  const buttons = items.filter((node) => node.tagName === "BUTTON");
  buttons[0]?.parentNode.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
}

function item(entry, close) {
  const choose = () => {
    close();
    entry.run();
  };
  const attrs = { type: "button", role: "menuitem", class: entry.danger ? "menu-item danger" : "menu-item" };
  return h("button", { ...attrs, data: { testid: entry.testid, value: entry.value }, on: { click: choose } },
    h("span", {}, entry.text), entry.description && h("small", {}, entry.description));
}
