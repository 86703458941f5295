import { app, changed } from "../app.js";
import { fill, h, icon, mark } from "../dom.js";
import { go } from "../navigate.js";
import { visited } from "../sessions.js";
import { choose, language, t } from "../text/i18n.js";
import { isDark, toggleTheme } from "../theme.js";
import { avatar } from "./avatar.js";

const ROLES = ["customer", "agent", "supervisor", "sales", "engineer"];
const LANGUAGES = { hant: "繁體", hans: "简体", en: "English" };

/** The bar that is always there: who you are, the language, the theme. */
export function drawTopbar() {
  const host = document.getElementById("topbar");
  const scrolled = host.querySelector(".people")?.scrollLeft ?? 0;
  const focused = document.activeElement?.dataset?.testid;
  fill(host, brand(), people(), settings());
  host.querySelector(".people").scrollLeft = scrolled;
  if (focused) host.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function brand() {
  const toggle = () => {
    app.drawer = !app.drawer;
    changed();
  };
  const button = h("button", { type: "button", class: "ghost drawer-toggle", "aria-label": t("open_sidebar"), "aria-expanded": String(app.drawer), data: { testid: "drawer-toggle" }, on: { click: toggle } }, icon("menu"));
  return h("div", { class: "brand" }, button, mark(), h("span", { class: "brand-name" }, t("brand")), h("span", { class: "me" }, me()));
}

function me() {
  const self = app.people.find(({ id }) => id === app.session.user);
  return `${self.name} · ${t(`role_${self.role}`)}`;
}

function people() {
  const groups = ROLES.map((role) => {
    const members = app.people.filter((person) => person.role === role);
    if (!members.length) return null;
    return h("div", { class: "role", role: "group", "aria-label": t(`role_${role}`) },
      h("span", { class: "role-name", "aria-hidden": "true" }, t(`role_${role}`)), h("div", { class: "role-people" }, members.map(person)));
  });
  return h("div", { class: "people", role: "toolbar", "aria-label": t("switch_person") }, groups);
}

function person(each) {
  const current = app.session?.user === each.id;
  const waiting = !current && calls(each.id);
  const from = each.role === "customer" ? ` · ${each.team_name}` : "";
  return h("button", {
    type: "button",
    class: "person",
    title: `${each.name} · ${t(`role_${each.role}`)}${from}`,
    "aria-pressed": String(current),
    data: { testid: `person-${each.id}` },
    on: { click: () => go({ user: each.id }) },
  }, avatar(each, "avatar avatar-small"), h("span", { class: "person-name" }, each.name), waiting && h("span", { class: "person-dot", "aria-label": t("has_mentions") }));
}

function calls(user) {
  const session = visited().find((each) => each.user === user);
  return session?.ready && Object.values(session.mentions).some((count) => count > 0);
}

function settings() {
  const lang = h("select", { class: "lang", "aria-label": t("language"), data: { testid: "lang-select" } },
    Object.entries(LANGUAGES).map(([value, text]) => h("option", { value }, text)));
  lang.value = language();
  lang.addEventListener("change", () => {
    choose(lang.value);
    changed();
  });
  const flip = () => {
    toggleTheme();
    changed();
  };
  const theme = h("button", { type: "button", class: "ghost", "aria-label": t(isDark() ? "theme_light" : "theme_dark"), data: { testid: "theme-toggle" }, on: { click: flip } }, icon(isDark() ? "sun" : "moon"));
  return h("div", { class: "settings" }, lang, theme);
}
