import { h } from "../dom.js";
import { plain } from "../text/plain.js";
import { composing } from "../ime.js";

const TYPES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url" };

export function textInput(spec, place) {
  const attrs = { class: "control", placeholder: plain(spec.placeholder), maxlength: spec.max_length, ...place.attrs, data: { ...place.hooks, minLength: spec.min_length } };
  const node = spec.multiline ? h("textarea", { rows: 4, ...attrs }) : h("input", { type: TYPES[spec.type], ...attrs });
  return typed(node, spec, place);
}

export function numberInput(spec, place) {
  const step = spec.is_decimal_allowed ? "any" : "1";
  const attrs = { type: "number", class: "control", step, min: spec.min_value, max: spec.max_value, placeholder: plain(spec.placeholder) };
  return typed(h("input", { ...attrs, ...place.attrs, data: place.hooks }), spec, place);
}

function typed(node, spec, place) {
  node.value = place.kept ?? spec.initial_value ?? "";
  if (spec.focus_on_load) node.dataset.autofocus = "";
  const read = () => node.value || null;
  const triggers = spec.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => place.send(node, { value: node.value });
  if (!place.silent && triggers.includes("on_character_entered")) node.addEventListener("input", tell);
  if (!place.silent && triggers.includes("on_enter_pressed")) {
    node.addEventListener("keydown", (event) => event.key === "Enter" && !composing(event) && !spec.multiline && tell());
  }
  place.field(node, read);
  return spec.max_length ? counted(node, spec.max_length) : node;
}

function counted(node, most) {
  const count = h("span", { class: "counter", "aria-hidden": "true" });
  const show = () => {
    count.textContent = `${[...node.value].length} / ${most}`;
  };
  node.addEventListener("input", show);
  show();
  return h("div", { class: "counted" }, node, count);
}
