import { h } from "../dom.js";

export const datePicker = (spec, place) => picker("date", spec.initial_date, place, (text) => text);
export const timePicker = (spec, place) => picker("time", spec.initial_time, place, (text) => text);

/** Slack speaks of a moment as seconds since the epoch, the browser as local date and time. */
export function dateTimePicker(spec, place) {
  const seconds = (text) => String(Math.floor(new Date(text).getTime() / 1000));
  return picker("datetime-local", spec.initial_date_time, place, seconds, local);
}

function picker(type, initial, place, toWire, fromWire = String) {
  const node = h("input", { type, class: "control", ...place.attrs, data: place.hooks });
  const start = place.kept ?? initial;
  if (start !== undefined && start !== null) node.value = fromWire(start);
  const read = () => (node.value ? toWire(node.value) : null);
  node.addEventListener("change", () => !place.silent && node.value && place.send(node, { value: read() }));
  place.field(node, read);
  return node;
}

function local(seconds) {
  const date = new Date(Number(seconds) * 1000);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60000);
  return shifted.toISOString().slice(0, 16);
}
