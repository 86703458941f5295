const ALLOWED = new Set(["http:", "https:", "mailto:"]);

/** The address if a person may follow it, else null: only http, https and mailto lead anywhere. */
export function safeUrl(address) {
  try {
    const url = new URL(String(address).trim());
    return ALLOWED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The address on this page's own origin, else null. Nothing else is ever loaded by the page itself. The loopback names of
 * one port are one server, whichever of them the address bar shows.
 */
export function ownUrl(address) {
  try {
    const url = new URL(String(address), location.href);
    const alias = LOOPBACK.has(url.hostname) && LOOPBACK.has(location.hostname) && url.port === location.port;
    if (alias && url.protocol === location.protocol) url.hostname = location.hostname;
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}

const PERMALINK = /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/;

/**
 * The attributes of a link that people may follow, or null. A permalink of this workspace leads to its message on this page
 * (see followInside in navigate.js); everything else opens in a tab of its own and learns nothing about this one.
 */
export function linkProps(address) {
  const href = safeUrl(address);
  if (href === null) return null;
  const own = ownUrl(href);
  const match = own && PERMALINK.exec(new URL(own).pathname);
  if (!match) return { href, target: "_blank", rel: "noopener noreferrer nofollow" };
  const [, channel, seconds, fraction] = match;
  const thread = new URL(own).searchParams.get("thread_ts") ?? `${seconds}.${fraction}`;
  return { href: `/?${new URLSearchParams({ channel, thread })}`, "data-place": channel, "data-thread": thread };
}
