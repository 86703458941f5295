import { h, icon } from "../dom.js";
import { t } from "../text/i18n.js";
import { safeUrl } from "../text/url.js";
import { menu } from "../views/popover.js";
import { option } from "./options.js";

export function overflow(spec, place) {
  const node = h("button", { type: "button", class: "btn btn-icon", "aria-haspopup": "menu", ...place.attrs, "aria-label": t("more_actions"), data: place.hooks }, icon("more"));
  node.addEventListener("click", () => menu(node, (spec.options ?? []).map((each) => entry(each, node, place))));
  return node;
}

function entry(spec, node, place) {
  const { value, text, description } = option(spec);
  const run = () => {
    const href = spec.url && safeUrl(spec.url);
    if (href) window.open(href, "_blank", "noopener,noreferrer");
    place.send(node, { selected: value });
  };
  return { text, description, value, run };
}
