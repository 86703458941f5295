import { h } from "../dom.js";
import { t } from "./i18n.js";
import { linkProps } from "./url.js";

/*
 * Nodes for people, places and links. `names` is a Directory: user(id), group(id), channel(id), me, mine(groupId), open(channelId).
 */

export function userNode(id, names, label = null) {
  const name = names.user(id)?.name ?? label ?? id;
  return h("span", { class: id === names.me ? "mention mention-me" : "mention", data: { user: id } }, `@${name}`);
}

export function groupNode(id, names, label = null) {
  const group = names.group(id);
  const name = group?.handle ?? label?.replace(/^@/, "") ?? id;
  return h("span", { class: names.mine(id) ? "mention mention-me" : "mention", title: group?.name }, `@${name}`);
}

export function channelNode(id, names, label = null) {
  const channel = names.channel(id);
  const text = `#${channel?.name ?? label ?? id}`;
  if (!channel) return h("span", { class: "mention" }, text);
  return h("button", { type: "button", class: "mention mention-link", on: { click: () => names.open(id) } }, text);
}

const BROADCASTS = { here: "mention_here", channel: "mention_channel", everyone: "mention_everyone" };

export function broadcastNode(body) {
  const range = body.split("|")[0].split("^")[0];
  const known = Object.hasOwn(BROADCASTS, range);
  return h("span", { class: "mention mention-me", title: known ? t(BROADCASTS[range]) : null }, `@${range}`);
}

/**
 * A link that people may follow, or its text alone where the address is not http, https or mailto. A bare permalink of
 * this workspace is called by its channel's name.
 */
export function linkNode(address, label, names = null) {
  const props = linkProps(address);
  const place = !label && props && names?.channel(props["data-place"]);
  const text = place ? t("message_in", { name: place.name }) : label || address;
  return props ? h("a", props, text) : h("span", { class: "dead-link", title: t("unsafe_link") }, text);
}
