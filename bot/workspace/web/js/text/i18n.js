import { recall, remember } from "../remember.js";
import en from "../strings/en.js";
import hans from "../strings/hans.js";
import hant from "../strings/hant.js";

export const TABLES = { hant, hans, en };
const HTML_LANG = { hant: "zh-Hant-TW", hans: "zh-Hans-CN", en: "en" };

let chosen = recall("lang");
let current = "hant";

/** The interface language: what was chosen here, else the person's locale, else the browser's. */
export function settle(locale) {
  current = TABLES[chosen] ? chosen : fromLocale(locale ?? navigator.language);
  document.documentElement.lang = HTML_LANG[current];
}

export function choose(lang) {
  chosen = lang;
  remember("lang", lang);
  settle();
}

export const language = () => current;
export const languageTag = () => HTML_LANG[current];

export function fromLocale(locale) {
  const tag = String(locale ?? "").toLowerCase().replace("_", "-");
  if (/^zh-(tw|hk|mo|hant)/.test(tag)) return "hant";
  if (tag.startsWith("zh")) return "hans";
  return tag ? "en" : "hant";
}

/** The language tag to typeset a person's own words in; Han glyphs differ between the scripts. */
export function scriptOf(locale) {
  return locale ? HTML_LANG[fromLocale(locale)] : undefined;
}

/** The text of `key` in the interface language, `{slots}` filled from `values`. */
export function t(key, values = {}) {
  const text = TABLES[current][key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
}

/** The text of `key`, or null where the table has none: for keys made from server codes. */
export function maybe(key) {
  return TABLES[current][key] ?? null;
}
