import { plain } from "../text/plain.js";

/**
 * The choices of any select as groups [{label, options: [{value, text, description}]}]. People and places come from
 * the directory, so their selects need no options of their own.
 */
export function optionGroups(spec, names) {
  const kind = spec.type.replace(/^multi_/, "");
  if (kind === "users_select") return [{ options: people(names) }];
  if (kind === "channels_select") return [{ options: places(names, (channel) => !channel.is_im && !channel.is_private) }];
  if (kind === "conversations_select") return [{ options: [...places(names, (channel) => !channel.is_im), ...people(names)] }];
  if (spec.option_groups) return spec.option_groups.map((group) => ({ label: plain(group.label), options: group.options.map(option) }));
  return [{ options: (spec.options ?? []).map(option) }];
}

export function option(spec) {
  return { value: String(spec.value), text: plain(spec.text), description: spec.description ? plain(spec.description) : null };
}

function people(names) {
  return [...names.users.values()].map((user) => ({ value: user.id, text: `@${user.name}` }));
}

function places(names, wanted) {
  return [...names.channels.values()].filter(wanted).map((channel) => ({ value: channel.id, text: `#${channel.name}` }));
}

/** The values chosen at first, from whichever initial_… field the element's type uses. */
export function initialValues(spec) {
  const one = spec.initial_option?.value ?? spec.initial_user ?? spec.initial_conversation ?? spec.initial_channel;
  const many = spec.initial_options?.map(({ value }) => value) ?? spec.initial_users ?? spec.initial_conversations ?? spec.initial_channels;
  return (many ?? (one === undefined ? [] : [one])).map(String);
}
