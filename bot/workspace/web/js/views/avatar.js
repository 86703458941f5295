import { SLACKBOT } from "../directory.js";
import { h, mark } from "../dom.js";

const CJK = /\p{Script=Han}/u;

/** A person's initial on their colour. A Chinese given name says more than the surname: 林佳穎 → 穎. */
export function avatar(user, className = "avatar") {
  if (user?.is_bot && user.id !== SLACKBOT) return h("span", { class: `${className} avatar-bot`, "aria-hidden": "true" }, mark());
  return h("span", { class: className, "aria-hidden": "true", vars: { "--tint": colour(user) } }, initial(user?.name ?? "?"));
}

function initial(name) {
  const letters = [...name.trim()];
  return (CJK.test(name) ? letters.at(-1) : letters[0]?.toUpperCase()) ?? "?";
}

/** Only a plain hex colour is taken from data. */
function colour(user) {
  const hex = String(user?.avatar_color ?? "").replace(/^#?/, "#");
  return /^#[0-9a-f]{6}$/i.test(hex) ? hex : "#6b7280";
}
