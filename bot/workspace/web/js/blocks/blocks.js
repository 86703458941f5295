import { h, icon } from "../dom.js";
import { richText } from "../text/richtext.js";
import { plain, textObject } from "../text/plain.js";
import { ownUrl, safeUrl } from "../text/url.js";
import { t } from "../text/i18n.js";
import { fileCard } from "../views/files.js";
import { element } from "./elements.js";

/**
 * Block Kit as nodes: docs.slack.dev/reference/block-kit/blocks. Only text nodes are made from data.
 *
 * `surface` is where the blocks live: {names: Directory, act(event) → Promise, fields: Fields or null, files}.
 */
export function renderBlocks(blocks, surface) {
  return h("div", { class: "blocks" }, (blocks ?? []).map((block) => renderBlock(block, surface)));
}

function renderBlock(block, surface) {
  return Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type](block, surface) : unknown(block.type);
}

const BLOCKS = {
  section,
  header: (block) => h("h3", { class: "block-header" }, plain(block.text)),
  divider: () => h("hr", { class: "block-divider" }),
  context: (block, { names }) => h("div", { class: "block-context" }, (block.elements ?? []).map((part) => contextPart(part, names))),
  actions: (block, surface) =>
    h("div", { class: "block-actions" }, (block.elements ?? []).map((spec) => interactive(spec, block, surface))),
  image: imageBlock,
  input,
  rich_text: (block, { names }) => richText(block, names),
  file: (block, { files }) => {
    const file = files?.find((each) => each.external_id === block.external_id);
    return file ? fileCard(file) : h("div", { class: "block-missing" }, icon("file"), t("file_missing"));
  },
};

/** Names a type that this page does not draw, rather than dropping it in silence. */
export const unknown = (type) => h("div", { class: "block-missing" }, t("unsupported", { type: String(type) }));

function interactive(spec, block, surface) {
  return element(spec, { block, surface }) ?? unknown(spec.type);
}

function section(block, surface) {
  const body = h("div", { class: "section-body" }, block.text && h("div", { class: "section-text" }, textObject(block.text, surface.names)));
  if (block.fields) body.append(h("div", { class: "section-fields" }, block.fields.map((field) => h("div", {}, textObject(field, surface.names)))));
  const { accessory } = block;
  if (!accessory) return h("div", { class: "block-section" }, body);
  const side = accessory.type === "image" ? picture(accessory, "accessory-image") : interactive(accessory, block, surface);
  const wide = accessory.type === "checkboxes" || accessory.type === "radio_buttons";
  return h("div", { class: wide ? "block-section stacked" : "block-section" }, body, h("div", { class: "accessory" }, side));
}

function contextPart(part, names) {
  return part.type === "image" ? picture(part, "context-image") : h("span", { class: "context-text" }, textObject(part, names));
}

function imageBlock(block) {
  return h("figure", { class: "block-image" }, block.title && h("figcaption", {}, plain(block.title)), picture(block, "block-picture"));
}

/** An image of this origin is shown; one from elsewhere is named and linked, for the page loads nothing from outside. */
function picture(spec, className) {
  const address = spec.image_url ?? spec.slack_file?.url;
  const own = ownUrl(address);
  const alt = String(spec.alt_text ?? "");
  if (own) return h("img", { src: own, alt, class: className, loading: "lazy" });
  const href = safeUrl(address);
  const label = [icon("eye"), h("span", {}, alt || t("image"))];
  if (!href) return h("span", { class: `${className} image-elsewhere` }, label);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", class: `${className} image-elsewhere`, title: t("image_elsewhere") }, label);
}

let inputs = 0;

function input(block, surface) {
  const id = `field-${(inputs += 1)}`;
  const control = element(block.element, { block, surface, input: { id } }) ?? unknown(block.element.type);
  const grouped = control.tagName === "FIELDSET";
  const optional = block.optional && h("span", { class: "optional" }, t("optional"));
  const label = h(grouped ? "div" : "label", { class: "input-label", for: grouped ? null : id, id: `${id}-label` }, plain(block.label), optional);
  const hint = block.hint && h("div", { class: "input-hint", id: `${id}-hint` }, plain(block.hint));
  const error = h("div", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
  surface.fields?.place(block.block_id, { error, required: !block.optional });
  return h("div", { class: "block-input" }, label, control, hint, error);
}
