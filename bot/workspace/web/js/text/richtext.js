import { h } from "../dom.js";
import { emoji } from "./emoji.js";
import { broadcastNode, channelNode, groupNode, linkNode, userNode } from "./mentions.js";
import { slackDate } from "./time.js";

/** A rich_text block: docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
export function richText(block, names) {
  return h("div", { class: "rich" }, (block.elements ?? []).map((part) => PARTS[part.type]?.(part, names)));
}

const PARTS = {
  rich_text_section: (part, names) => h("div", {}, inlines(part, names)),
  rich_text_quote: (part, names) => h("blockquote", {}, inlines(part, names)),
  rich_text_preformatted: (part, names) => h("pre", {}, inlines(part, names)),
  rich_text_list: list,
};

function list(part, names) {
  const items = (part.elements ?? []).map((item) => h("li", {}, inlines(item, names)));
  const start = part.offset ? part.offset + 1 : null;
  const level = Math.min(Number(part.indent) || 0, 8);
  return h(part.style === "ordered" ? "ol" : "ul", { start, class: level ? `indent-${level}` : null }, items);
}

function inlines(part, names) {
  return (part.elements ?? []).map((element) => {
    const node = INLINE[element.type]?.(element, names);
    return node === undefined ? null : styled(node, element.style);
  });
}

const INLINE = {
  text: (element) => String(element.text ?? ""),
  link: (element) => linkNode(element.url, element.text),
  user: (element, names) => userNode(element.user_id, names),
  usergroup: (element, names) => groupNode(element.usergroup_id, names),
  channel: (element, names) => channelNode(element.channel_id, names),
  broadcast: (element) => broadcastNode(element.range),
  emoji: (element) => emoji(String(element.name)) ?? `:${element.name}:`,
  date: (element) => h("time", {}, slackDate(String(element.timestamp), String(element.format), element.fallback ?? "")),
  color: (element) => h("code", {}, String(element.value ?? "")),
};

const STYLES = { code: "code", strike: "s", italic: "em", bold: "strong" };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
