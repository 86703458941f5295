import { languageTag, t } from "./i18n.js";

const formatters = new Map();

function format(date, options) {
  const key = languageTag() + JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(languageTag(), options));
  return formatters.get(key).format(date);
}

/** A message's time; Slack timestamps are seconds with a fraction. */
export const dateOf = (ts) => new Date(Number.parseFloat(ts) * 1000);

export const clock = (date) => format(date, { hour: "2-digit", minute: "2-digit", hour12: false });
const clockSeconds = (date) => format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const short = (date) => format(date, { year: "numeric", month: "short", day: "numeric" });
const medium = (date) => format(date, { year: "numeric", month: "long", day: "numeric" });
export const long = (date) => format(date, { year: "numeric", month: "long", day: "numeric", weekday: "long" });
export const moment = (date) => `${near(date) ?? medium(date)} ${clock(date)}`;

export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

/** 今天, 昨天, else null. */
function near(date, now = new Date()) {
  if (dayKey(date) === dayKey(now)) return t("today");
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return dayKey(date) === dayKey(yesterday) ? t("yesterday") : null;
}

export const day = (date) => near(date) ?? long(date);

const iso = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(pad).join("-");
const pad = (number) => String(number).padStart(2, "0");

const DATE_TOKENS = {
  date_num: iso,
  date: medium,
  date_short: short,
  date_long: long,
  date_pretty: (date) => near(date) ?? medium(date),
  date_short_pretty: (date) => near(date) ?? short(date),
  date_long_pretty: (date) => near(date) ?? long(date),
  time: clock,
  time_secs: clockSeconds,
};

/** Slack's `<!date^seconds^format|fallback>`; an unreadable time gives the fallback. */
export function slackDate(seconds, template, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (!/^-?\d+$/.test(seconds) || Number.isNaN(date.getTime())) return fallback;
  return template.replace(/\{(\w+)\}/g, (token, name) => (Object.hasOwn(DATE_TOKENS, name) ? DATE_TOKENS[name](date) : token));
}

export function bytes(size) {
  if (!Number.isFinite(size)) return "";
  if (size < 1024) return `${size} B`;
  return size < 1048576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1048576).toFixed(1)} MB`;
}
