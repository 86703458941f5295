import { post } from "../api.js";
import { app } from "../app.js";
import { renderBlocks } from "../blocks/blocks.js";
import { Fields } from "../blocks/fields.js";
import { fill, h, icon } from "../dom.js";
import { composing } from "../ime.js";
import { t } from "../text/i18n.js";
import { plain } from "../text/plain.js";
import { showModal } from "./dialog.js";
import { failed } from "./toast.js";

/*
 * Modals as a stack: the last view is on top, those beneath keep what was typed. A form is {view, node, fields, submit}.
 */
let dialog = null;
let owner = null;
const kept = new WeakMap(); // session → Map(view id → form)

export function drawModals() {
  const { session } = app;
  if (owner !== session) closeDialog();
  owner = session;
  const top = session.views.at(-1);
  const forms = formsOf(session);
  for (const id of forms.keys()) if (!session.views.some((view) => view.id === id)) forms.delete(id);
  if (!top) {
    closeDialog();
    return;
  }
  if (!dialog) openDialog();
  const form = formOf(top, session);
  if (dialog.firstChild === form.node) return;
  fill(dialog, form.node);
  dialog.setAttribute("aria-labelledby", `title-${top.id}`);
  begin(form);
}

/** Where typing begins: the field that asks for it, else the first one. */
function begin({ node, submit: send }) {
  const body = node.querySelector(".dialog-body");
  const first = body.querySelector("[data-autofocus]") ?? body.querySelector("input, textarea, select, button");
  (first ?? send ?? node.querySelector("button")).focus();
}

function formsOf(session) {
  if (!kept.has(session)) kept.set(session, new Map());
  return kept.get(session);
}

function openDialog() {
  dialog = h("dialog", { class: "dialog modal", data: { testid: "modal" } });
  showModal(dialog, () => close(owner.views.at(-1)));
}

function closeDialog() {
  dialog?.close();
  dialog = null;
}

function formOf(view, session) {
  const forms = formsOf(session);
  const known = forms.get(view.id);
  if (known?.view === view) return known;
  const fields = new Fields(known?.fields);
  const form = { view, fields };
  form.node = build(form, session, session.views.length > 1);
  forms.set(view.id, form);
  return form;
}

function build(form, session, stacked) {
  const { view, fields } = form;
  const act = (event) => post("/page/action", { user: session.user, view_id: view.id, ...event });
  const label = stacked ? t("go_back") : t("close");
  const cross = h("button", { type: "button", class: "ghost", "aria-label": label, data: { testid: "modal-x" }, on: { click: () => close(view) } }, icon(stacked ? "back" : "close"));
  const node = h("form", { class: "modal-form", novalidate: true, data: { view: view.id, callbackId: view.callback_id } },
    h("header", { class: "dialog-head" }, h("h2", { id: `title-${view.id}`, class: "dialog-title" }, plain(view.title)), cross),
    h("div", { class: "dialog-body" }, renderBlocks(view.blocks, { names: session.directory, fields, act })),
    foot(form));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form, session);
  });
  node.addEventListener("keydown", (event) => {
    const single = event.target.tagName === "INPUT";
    if (event.key === "Enter" && single && composing(event)) event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && view.submit) submit(form, session);
  });
  return node;
}

function foot(form) {
  const { view } = form;
  const cancel = h("button", { type: "button", class: "btn", data: { testid: "modal-close" }, on: { click: () => close(view) } }, plain(view.close) || t(view.submit ? "cancel" : "close"));
  if (view.submit) form.submit = h("button", { type: "submit", class: "btn btn-primary", data: { testid: "modal-submit" } }, h("span", {}, plain(view.submit)));
  return h("footer", { class: "dialog-foot" }, cancel, form.submit);
}

async function submit(form, session) {
  const { view, fields, submit: button } = form;
  if (button.getAttribute("aria-busy") === "true") return;
  const found = fields.check();
  if (Object.keys(found).length) return complain(fields, found);
  fields.show({});
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await post("/page/submit", { user: session.user, view_id: view.id, values: fields.values() });
    if (answer.errors) complain(fields, answer.errors);
  } catch (error) {
    failed(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function complain(fields, errors) {
  const control = fields.show(errors);
  const target = control?.tagName === "FIELDSET" ? control.querySelector("input") : control;
  target?.focus();
  control?.closest(".block-input")?.scrollIntoView({ block: "nearest" });
}

async function close(view) {
  try {
    await post("/page/close", { user: owner.user, view_id: view.id });
  } catch (error) {
    failed(error);
  }
}
