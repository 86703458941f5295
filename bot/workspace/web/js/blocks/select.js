import { h } from "../dom.js";
import { plain } from "../text/plain.js";
import { t } from "../text/i18n.js";
import { initialValues, optionGroups } from "./options.js";

/** A single select is the browser's own: reachable by keyboard, screen reader and thumb. */
export function select(spec, place) {
  const groups = optionGroups(spec, place.names);
  const start = place.kept ?? initialValues(spec)[0] ?? "";
  const node = h("select", { class: "control", ...place.attrs, data: place.hooks },
    h("option", { value: "" }, plain(spec.placeholder) || t("choose")),
    groups.map((group) => (group.label ? h("optgroup", { label: group.label }, group.options.map(item)) : group.options.map(item))),
  );
  node.value = start;
  let last = start;
  node.addEventListener("change", async () => {
    if (place.silent || node.value === "") return;
    if (await place.send(node, { selected: node.value })) last = node.value;
    else node.value = last;
  });
  place.field(node, () => node.value || null);
  return node;
}

const item = ({ value, text, description }) => h("option", { value }, description ? `${text} · ${description}` : text);
