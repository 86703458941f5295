import { h } from "../dom.js";
import { emoji } from "./emoji.js";
import { broadcastNode, channelNode, groupNode, linkNode, userNode } from "./mentions.js";
import { slackDate } from "./time.js";

/**
 * Slack's mrkdwn as nodes: docs.slack.dev/messaging/formatting-message-text. `names` resolves ids (see mentions.js).
 * Marks need a boundary on their outer sides, as in Slack: between Chinese characters `*` stays an asterisk.
 */
export function mrkdwn(text, names, { verbatim = false } = {}) {
  const out = [];
  String(text ?? "").split(/```/).forEach((part, index, parts) => {
    const closed = index < parts.length - 1;
    if (index % 2 === 1 && closed) out.push(h("pre", {}, decode(part.replace(/^\n|\n$/g, ""))));
    else out.push(...paragraphs(index % 2 === 1 ? "```" + part : trimAround(part, index, parts), { names, verbatim }));
  });
  return out;
}

function trimAround(part, index, parts) {
  const after = index > 0 ? part.replace(/^\n/, "") : part;
  return index < parts.length - 2 ? after.replace(/\n$/, "") : after;
}

const QUOTE = /^(?:&gt;|>(?!>>)) ?/;
const QUOTE_REST = /^(?:&gt;&gt;&gt;|>>>) ?/;

function paragraphs(text, ctx) {
  if (text === "") return [];
  const out = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; ) {
    const take = QUOTE_REST.test(lines[index]) ? lines.length - index : run(lines, index);
    const chunk = lines.slice(index, index + Math.abs(take));
    const quoted = QUOTE_REST.test(chunk[0]) || QUOTE.test(chunk[0]);
    if (quoted) out.push(h("blockquote", {}, inline(unquote(chunk), ctx)));
    else out.push(...inline(chunk.join("\n") + (index + chunk.length < lines.length ? "\n" : ""), ctx));
    index += chunk.length;
  }
  return trimBeforeQuotes(out);
}

function run(lines, start) {
  const quoted = QUOTE.test(lines[start]);
  let end = start + 1;
  while (end < lines.length && QUOTE.test(lines[end]) === quoted && !QUOTE_REST.test(lines[end])) end += 1;
  return end - start;
}

function unquote(lines) {
  if (QUOTE_REST.test(lines[0])) return lines.join("\n").replace(QUOTE_REST, "");
  return lines.map((line) => line.replace(QUOTE, "")).join("\n");
}

function trimBeforeQuotes(nodes) {
  return nodes.map((node, index) => {
    const beforeQuote = nodes[index + 1] instanceof HTMLElement && nodes[index + 1].tagName === "BLOCKQUOTE";
    return beforeQuote && typeof node === "string" ? node.replace(/\n$/, "") : node;
  });
}

const TOKEN = new RegExp(
  [
    "<([^<>\\n]+)>", // 1: link, mention, command
    "`([^`\\n]+)`", // 2: code
    ":([a-z0-9_+-]+(?:::skin-tone-\\d)?):", // 3: emoji
    "(https?:\\/\\/[^\\s<>|，。、；：！？（）「」『』【】“”《》]+)", // 4: a bare address
    "([*_~])(?=\\S)", // 5: opens bold, italic, strike
  ].join("|"),
  "g",
);
const MARKS = { "*": "strong", _: "em", "~": "s" };

function inline(text, ctx) {
  const out = [];
  let from = 0;
  const pattern = new RegExp(TOKEN.source, "g");
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [node, end] = token(match, text, ctx) ?? [null, 0];
    if (node === null) {
      if (match[5] || match[3]) pattern.lastIndex = match.index + 1;
      continue;
    }
    out.push(decode(text.slice(from, match.index)), node);
    pattern.lastIndex = from = end;
  }
  out.push(decode(text.slice(from)));
  return out.filter((node) => node !== "");
}

function token(match, text, ctx) {
  const end = match.index + match[0].length;
  if (match[1]) return [angle(match[1], ctx.names), end];
  if (match[2]) return [h("code", {}, decode(match[2])), end];
  if (match[3]) return emoji(match[3]) ? [emoji(match[3]), end] : null;
  if (match[4]) return ctx.verbatim ? null : bare(match, ctx.names);
  return marked(match, text, ctx);
}

function bare(match, names) {
  const address = match[4].replace(/[.,;:!?)\]'"*_~]+$/, "");
  return [linkNode(decode(address), null, names), match.index + address.length];
}

const WORD = /[\p{L}\p{N}]/u;

function marked(match, text, ctx) {
  const mark = match[5];
  if (match.index > 0 && WORD.test(text[match.index - 1])) return null;
  for (let end = text.indexOf(mark, match.index + 2); end !== -1; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(match.index + 1, end);
    if (inner.includes("\n")) return null;
    if (/\s$/.test(inner) || WORD.test(text[end + 1] ?? "")) continue;
    return [h(MARKS[mark], {}, inline(inner, ctx)), end + 1];
  }
  return null;
}

function angle(body, names) {
  const [target, label] = split(body, "|");
  if (/^@[UW]/.test(target)) return userNode(target.slice(1), names, label);
  if (/^#[CG]/.test(target)) return channelNode(target.slice(1), names, label);
  if (target.startsWith("!subteam^")) return groupNode(target.slice(9), names, label);
  if (target.startsWith("!date^")) return dateNode(target.slice(6), label);
  if (target.startsWith("!")) return broadcastNode(target.slice(1));
  return linkNode(decode(target), label === null ? null : decode(label), names);
}

function dateNode(body, label) {
  const [seconds, template = "", link] = body.split("^");
  const text = slackDate(seconds, decode(template), decode(label ?? template));
  return link ? linkNode(decode(link), text) : h("time", {}, text);
}

function split(body, separator) {
  const at = body.indexOf(separator);
  return at === -1 ? [body, null] : [body.slice(0, at), body.slice(at + 1)];
}

/** Slack's three entities back to characters. */
export function decode(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
