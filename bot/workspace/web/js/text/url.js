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
