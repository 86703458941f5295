import { fill, h } from "../dom.js";
import { plain } from "../text/plain.js";
import { t } from "../text/i18n.js";
import { popover } from "../views/popover.js";
import { initialValues, optionGroups } from "./options.js";

/** A multi select: a button that shows what is chosen, and a filtered list of check boxes. */
export function multiSelect(spec, place) {
  const options = optionGroups(spec, place.names);
  const chosen = new Set(place.kept ?? initialValues(spec));
  const texts = new Map(options.flatMap((group) => group.options).map(({ value, text }) => [value, text]));
  const node = h("button", { type: "button", class: "control multi", "aria-haspopup": "listbox", ...place.attrs, data: place.hooks });
  const show = () => {
    const chips = [...chosen].map((value) => h("span", { class: "chip" }, texts.get(value) ?? value));
    fill(node, chips.length ? chips : h("span", { class: "placeholder" }, plain(spec.placeholder) || t("choose")));
  };
  node.addEventListener("click", () => {
    const before = [...chosen].join("\n");
    const closed = () => [...chosen].join("\n") !== before && !place.silent && place.send(node, { selected: [...chosen] });
    popover(node, picker(options, chosen, { most: spec.max_selected_items ?? Infinity, changed: show }), { closed });
  });
  show();
  place.field(node, () => [...chosen]);
  return node;
}

function picker(groups, chosen, { most, changed }) {
  const box = h("div", { class: "picker-list" });
  const draw = (filter) => fill(box, groups.map((group) => {
    const fitting = group.options.filter(({ text }) => text.toLowerCase().includes(filter.toLowerCase()));
    return fitting.length ? [group.label && h("div", { class: "picker-group" }, group.label), fitting.map((each) => row(each, chosen, most, changed))] : null;
  }));
  const search = h("input", { type: "search", class: "control", placeholder: t("filter"), "aria-label": t("filter"), on: { input: () => draw(search.value) } });
  draw("");
  return h("div", { class: "picker" }, search, box);
}

function row({ value, text, description }, chosen, most, changed) {
  const box = h("input", { type: "checkbox", value });
  box.checked = chosen.has(value);
  box.addEventListener("change", () => {
    if (box.checked && chosen.size >= most) box.checked = false;
    if (box.checked) chosen.add(value);
    else chosen.delete(value);
    changed();
  });
  return h("label", { class: "choice" }, box, h("span", {}, text, description && h("small", {}, description)));
}
