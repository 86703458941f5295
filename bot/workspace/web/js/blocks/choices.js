import { h } from "../dom.js";
import { textObject } from "../text/plain.js";
import { initialValues } from "./options.js";

let groups = 0;

export const checkboxes = (spec, place) => choices("checkbox", spec, place);
export const radioButtons = (spec, place) => choices("radio", spec, place);

/** Check boxes or radio buttons; their texts may be mrkdwn. */
function choices(type, spec, place) {
  const name = `choice-${(groups += 1)}`;
  const start = [place.kept ?? initialValues(spec)].flat();
  const boxes = [];
  const rows = (spec.options ?? []).map((option) => {
    const box = h("input", { type, name, value: option.value, data: place.hooks });
    box.checked = start.includes(String(option.value));
    boxes.push(box);
    const small = option.description && h("small", {}, textObject(option.description, place.names));
    return h("label", { class: "choice" }, box, h("span", {}, textObject(option.text, place.names), small));
  });
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const read = () => (type === "radio" ? (picked()[0] ?? null) : picked());
  const node = h("fieldset", { class: "choices", ...place.attrs }, rows);
  node.addEventListener("change", () => place.silent || place.send(node, { selected: read() }));
  place.field(node, read);
  return node;
}
