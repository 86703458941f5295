/** Small choices of this browser. A browser that refuses storage simply forgets them. */
const PREFIX = "fencun.";

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows may forbid storage; the page works without.
  }
}
