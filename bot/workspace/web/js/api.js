/** A refusal of the server, or of the app behind it; `code` is the "error" field, or `network` when there was no answer. */
export class PageError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new PageError("network");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok || body.error) throw new PageError(body.error ?? `http_${response.status}`);
  return body;
}

export function get(path, query = {}) {
  return answer(fetch(`${path}?${new URLSearchParams(query)}`, { cache: "no-store" }));
}

export function post(path, body) {
  const headers = { "content-type": "application/json" };
  return answer(fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export function upload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  form.append("file", file, file.name);
  return answer(fetch("/page/upload", { method: "POST", body: form }));
}

/** Live events of one person. `onopen` also fires after every reconnection; close() ends it. */
export function stream(user, { onevent, onopen, onerror }) {
  const source = new EventSource(`/page/stream?${new URLSearchParams({ user })}`);
  for (const type of EVENTS) source.addEventListener(type, (event) => onevent({ type, ...JSON.parse(event.data) }));
  source.addEventListener("open", onopen);
  source.addEventListener("error", onerror);
  source.onmessage = (event) => onevent(JSON.parse(event.data));
  return source;
}

const EVENTS = [
  "message", "message_changed", "message_deleted", "ephemeral", "ephemeral_removed", "view_opened", "view_updated",
  "view_pushed", "view_closed", "home", "channel", "user", "reaction", "connection", "unread",
];
