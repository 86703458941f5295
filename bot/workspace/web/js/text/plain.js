import { mrkdwn } from "./mrkdwn.js";
import { withEmoji } from "./emoji.js";

/** A text object ({type, text}) as nodes. plain_text is never formatted; only its emoji names are read. */
export function textObject(object, names) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, names, { verbatim: object.verbatim });
  return [plain(object)];
}

/** A plain_text object as a string, for labels, titles and options. */
export function plain(object) {
  const text = String(object?.text ?? "");
  return object?.emoji === false ? text : withEmoji(text);
}
