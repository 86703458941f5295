export const SLACKBOT = "USLACKBOT";

/** Names of the people, groups and channels that one person sees. Replaced whole when any of them changes. */
export class Directory {
  constructor({ me, users = [], groups = [], channels = [] }, open) {
    this.me = me;
    this.users = new Map(users.map((user) => [user.id, user]));
    this.groups = new Map(groups.map((group) => [group.id, group]));
    this.channels = new Map(channels.map((channel) => [channel.id, channel]));
    this.open = open;
  }

  with(kind, entry) {
    const next = new Directory({ me: this.me }, this.open);
    for (const map of ["users", "groups", "channels"]) next[map] = new Map(this[map]);
    next[kind].set(entry.id, { ...next[kind].get(entry.id), ...entry });
    return next;
  }

  user(id) {
    return this.users.get(id);
  }

  group(id) {
    return this.groups.get(id);
  }

  channel(id) {
    return this.channels.get(id);
  }

  /** The app's own user. Slackbot is a bot too, but nobody's app. */
  app() {
    return [...this.users.values()].find((user) => user.is_bot && user.id !== SLACKBOT);
  }

  mine(groupId) {
    return this.groups.get(groupId)?.users?.includes(this.me) ?? false;
  }

  /** [typed form, stored form] of everyone who can be mentioned, longest names first so that none hides another. */
  written() {
    const people = [...this.users.values()].map((user) => [`@${user.name}`, `<@${user.id}>`]);
    const groups = [...this.groups.values()].map((group) => [`@${group.handle}`, `<!subteam^${group.id}>`]);
    const places = [...this.channels.values()].filter((channel) => !channel.is_im).map((channel) => [`#${channel.name}`, `<#${channel.id}>`]);
    const ranges = ["here", "channel", "everyone"].map((range) => [`@${range}`, `<!${range}>`]);
    return [...people, ...groups, ...places, ...ranges].sort(([a], [b]) => b.length - a.length);
  }
}
