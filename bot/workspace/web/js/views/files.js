import { h, icon } from "../dom.js";
import { app } from "../app.js";
import { bytes, dateOf, moment } from "../text/time.js";
import { ownUrl, safeUrl } from "../text/url.js";
import { t } from "../text/i18n.js";
import { showModal } from "./dialog.js";

/** A file with its name, size and a link that downloads it. Pictures of this origin show themselves. */
export function fileCard(file) {
  const address = file.url_private_download ?? file.url_private ?? file.permalink;
  const own = ownUrl(address);
  const href = own ?? safeUrl(address);
  const name = String(file.name ?? file.title ?? t("file"));
  const picture = own && /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? "") && h("img", { src: own, alt: name, class: "file-picture", loading: "lazy" });
  const facts = [file.pretty_type ?? file.filetype, bytes(file.size)].filter(Boolean).join(" · ");
  const body = [picture || h("span", { class: "file-icon" }, icon("file")), h("span", { class: "file-text" }, h("span", { class: "file-name" }, name), h("small", {}, facts))];
  if (!href) return h("span", { class: "file-card" }, body);
  const how = own ? { download: name } : { target: "_blank", rel: "noopener noreferrer" };
  return h("a", { class: "file-card", href, ...how, "aria-label": t("download_file", { name }), data: { testid: `file-${file.id}` } }, body);
}

/** All files that were shared in a place, newest first. */
export function showFiles(channel) {
  const shared = app.session.in(channel).flatMap((message) => (message.files ?? []).map((file) => ({ file, message }))).reverse();
  const rows = shared.map(({ file, message }) => {
    const by = app.session.directory.user(message.user)?.name ?? message.username ?? "";
    return h("li", {}, fileCard(file), h("small", {}, `${by} · ${moment(dateOf(message.ts))}`));
  });
  const close = h("button", { type: "button", class: "ghost", "aria-label": t("close"), on: { click: () => dialog.close() } }, icon("close"));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "files-title", data: { testid: "files" } },
    h("header", { class: "dialog-head" }, h("h2", { id: "files-title", class: "dialog-title" }, t("files")), close),
    h("div", { class: "dialog-body" }, rows.length ? h("ul", { class: "file-list" }, rows) : h("p", { class: "empty" }, t("files_empty"))));
  showModal(dialog, () => dialog.close());
}
