import { recall, remember } from "./remember.js";

const system = matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const chosen = recall("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}

export const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

/** Turns to the other theme. What the system prefers anyway is not stored, so the page follows it again. */
export function toggleTheme() {
  const next = isDark() ? "light" : "dark";
  remember("theme", (next === "dark") === system.matches ? null : next);
  apply();
}

export function startTheme(redraw) {
  apply();
  system.addEventListener("change", redraw);
}
