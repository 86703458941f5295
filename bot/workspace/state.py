"""The whole workspace in memory: lookups and nothing else. Whoever changes it also tells page and bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.workspace.errors import Refused, SlackError
from bot.workspace.model import Channel, Group, Message, OpenView, Person, StoredFile, Team, Unread
from bot.workspace.sample import Sample, load_sample


class State:
    """``reset`` goes back to the sample in place, so that everybody keeps the same object."""

    def __init__(self) -> None:
        self.base_url = ""  # known once the server listens; links to files need it
        self.reset()

    def reset(self) -> None:
        sample: Sample = load_sample()
        self.home = sample.home
        self.app = sample.app
        self.teams: dict[str, Team] = {team.id: team for team in sample.teams}
        self.users: dict[str, Person] = {person.id: person for person in sample.people}
        self.groups: dict[str, Group] = {group.id: group for group in sample.groups}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in sample.channels}
        self.messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self.order: list[Message] = []
        self.replies: dict[tuple[str, str], list[Message]] = defaultdict(list)
        self.views: dict[str, OpenView] = {}
        self.homes: dict[str, OpenView] = {}
        self.files: dict[str, StoredFile] = {}
        self.unread: dict[tuple[str, str], Unread] = defaultdict(Unread)
        self.revoked: set[str] = set()

    @property
    def bot(self) -> Person:
        return self.users[self.app.user_id]

    def person(self, user: object) -> Person:
        """Raises ``Refused``: only people of the sample act here, never the bot."""
        found = self.users.get(str(user))
        if found is None or found.is_bot:
            raise Refused(f"user_not_found: {user}")
        return found

    def place(self, channel: object, user: str) -> Channel:
        """The channel ``user`` speaks in. Raises ``Refused`` when it is not theirs to see."""
        found = self.channels.get(str(channel))
        if found is None:
            raise Refused(f"channel_not_found: {channel}")
        if user not in found.members:
            raise Refused(f"not_in_channel: {user} is not in {channel}")
        return found

    def visible_channel(self, channel: object) -> Channel:
        """The channel as the bot sees it. Raises ``channel_not_found`` for private places it is not in."""
        found = self.channels.get(str(channel))
        if found is None:
            raise SlackError("channel_not_found")
        hidden = found.is_private or found.is_im or found.is_mpim
        if hidden and self.app.user_id not in found.members:
            raise SlackError("channel_not_found")
        return found

    def message(self, channel: str, ts: object) -> Message | None:
        found = self.messages[channel].get(str(ts))
        return found if found and not found.deleted else None

    def add(self, message: Message) -> None:
        self.messages[message.channel][message.ts] = message
        self.order.append(message)
        if message.is_reply and message.thread_ts and message.visible_to is None:
            self.replies[message.channel, message.thread_ts].append(message)

    def thread(self, message: Message) -> list[Message]:
        return [reply for reply in self.replies.get((message.channel, message.ts), []) if not reply.deleted]

    def direct_channel(self, user: str, created: int) -> Channel:
        """The conversation of the bot and one person, opened when first needed."""
        channel_id = "D" + user[1:]
        if channel_id not in self.channels:
            name = self.users[user].name
            self.channels[channel_id] = Channel(
                channel_id, name, [user, self.app.user_id], is_im=True, is_private=True, created=created
            )
        return self.channels[channel_id]

    def is_stranger(self, person: Person) -> bool:
        return person.team_id != self.home.id

    def views_of(self, user: str) -> Iterator[OpenView]:
        return (view for view in self.views.values() if view.user == user)

    def groups_of(self, user: str) -> set[str]:
        return {group.id for group in self.groups.values() if user in group.users}
