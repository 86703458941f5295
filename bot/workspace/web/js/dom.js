/**
 * Builds an element. Strings become text nodes, so data can never become markup.
 * Props: `on` {event: listener}, `data` {name: value}, `vars` {"--css": value}, `class`; anything else is an
 * attribute (true = empty attribute; false, null and undefined = left out).
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...nodes(children));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (name === "data") Object.assign(node.dataset, defined(value));
  else if (name === "vars") for (const [key, css] of Object.entries(value)) node.style.setProperty(key, css);
  else if (name === "class") node.className = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function defined(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== null));
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces what `node` holds. */
export function fill(node, ...children) {
  node.replaceChildren(...nodes(children));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 20×20 line icon from the table below; decorative, so hidden from assistive technology. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The mark of 分寸: a speech bubble with the ticks of a ruler, and a seal-red point. */
export function mark() {
  return h("img", { src: new URL("../icon.svg", import.meta.url).pathname, alt: "", class: "mark", width: 28, height: 28 });
}

const PATHS = {
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4.5L6.5 10l5.5 5.5",
  send: "M3.5 10L16.5 4l-4 12.5-3-5.5zM9.5 11l7-7",
  attach: "M14.5 9.5l-5 5a3.2 3.2 0 0 1-4.6-4.6l5.6-5.6a2.2 2.2 0 0 1 3.1 3.1l-5.4 5.4a1.1 1.1 0 0 1-1.6-1.6l4.6-4.6",
  reply: "M3.5 5.5a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-3.5 3v-3a2 2 0 0 1-2-2z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 8.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6",
  hash: "M8 3.5L6.5 16.5M13.5 3.5L12 16.5M4 7.5h13M3 12.5h13",
  lock: "M5.5 9h9a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM7 9V6.5a3 3 0 0 1 6 0V9",
  shared: "M6.5 12.5L4.8 14.2a2.5 2.5 0 0 1-3-3.9l3-3a2.5 2.5 0 0 1 3.7.2M13.5 7.5l1.7-1.7a2.5 2.5 0 0 1 3 3.9l-3 3a2.5 2.5 0 0 1-3.7-.2M7.5 10h5",
  home: "M3.5 9L10 3.5 16.5 9v7a.5.5 0 0 1-.5.5h-3.7V12H7.7v4.5H4a.5.5 0 0 1-.5-.5z",
  file: "M5.5 2.5h6l3.5 3.5v11.5h-9.5zM11.5 2.5V6H15",
  check: "M4 10.5l4 4 8-9",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.8v1.6M10 16.6v1.6M1.8 10h1.6M16.6 10h1.6M4.2 4.2l1.1 1.1M14.7 14.7l1.1 1.1M4.2 15.8l1.1-1.1M14.7 5.3l1.1-1.1",
  moon: "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z",
  warn: "M10 3l7.5 13.5h-15zM10 8.2v3.6M10 14.2h.01",
  reset: "M4 4v4h4M4.6 8A6.2 6.2 0 1 1 3.8 11",
  book: "M10 5.2C8.5 4 6 3.7 3.5 4v11.3c2.5-.3 5 0 6.5 1.2 1.5-1.2 4-1.5 6.5-1.2V4c-2.5-.3-5 0-6.5 1.2zM10 5.2v11.3",
};
