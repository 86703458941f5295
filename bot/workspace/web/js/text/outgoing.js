import { decode } from "./mrkdwn.js";

/** What a person typed, with @names and #channels as ids. The server escapes the rest and finds the links. */
export function encode(text, names) {
  return names.written().reduce((done, [label, token]) => done.replaceAll(label, token), text);
}

/** The way back, for editing one's own message. */
export function decodeForEditing(text, names) {
  const named = names.written().reduce((done, [label, token]) => done.replaceAll(token, label), text);
  return decode(named.replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1"));
}
