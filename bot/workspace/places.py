"""Who is in which channel, and how channels, groups and people change."""

from __future__ import annotations

from bot.workspace import snapshot, wire
from bot.workspace.clock import Clock
from bot.workspace.events import Events
from bot.workspace.hub import Hub
from bot.workspace.model import Channel, Group, Json
from bot.workspace.state import State


class Places:
    def __init__(self, state: State, clock: Clock, hub: Hub, events: Events) -> None:
        self._state = state
        self._clock = clock
        self._hub = hub
        self._events = events

    def join(self, place: Channel, user: str, inviter: str | None = None) -> None:
        if user in place.members:
            return
        place.members.append(user)
        event = self._event("member_joined_channel", place, user)
        if inviter:
            event["inviter"] = inviter
        self._events.emit("member_joined_channel", event, place)
        self.tell(place)

    def leave(self, place: Channel, user: str) -> None:
        """The app is told of its own leaving too, although it is in the channel no more."""
        if user not in place.members:
            return
        event = self._event("member_left_channel", place, user)
        self._events.emit("member_left_channel", event, place)
        place.members.remove(user)
        self.tell(place)

    def share(self, place: Channel, *, shared: bool) -> None:
        """Makes the channel a Slack Connect one, or an internal one again."""
        place.is_ext_shared = shared
        kind = "channel_shared" if shared else "channel_unshared"
        event: Json = {"type": kind, "channel": place.id, "event_ts": self._clock.ts()}
        if shared:
            event["connected_team_id"] = place.partner_team or self._state.home.id
        else:
            event |= {"previously_connected_team_id": place.partner_team, "is_ext_shared": False}
        self._events.emit(kind, event, place)
        self.tell(place)

    def archive(self, place: Channel) -> None:
        place.is_archived = True
        event = {"type": "channel_archive", "channel": place.id, "user": "USLACKBOT", "event_ts": self._clock.ts()}
        self._events.emit("channel_archive", event, place)
        self.tell(place)

    def set_group(self, group: Group, users: list[str]) -> None:
        group.users = users
        group.updated = int(self._clock.now())
        shape = wire.group(self._state, group, with_users=True)
        self._events.emit(
            "subteam_updated", {"type": "subteam_updated", "subteam": shape, "event_ts": self._clock.ts()}
        )

    def user_changed(self, user: str) -> None:
        person = self._state.users[user]
        person.updated = int(self._clock.now())
        shape = wire.user(self._state, person, with_locale=True)
        self._events.emit("user_change", {"type": "user_change", "user": shape, "event_ts": self._clock.ts()})
        self._hub.tell_all({"type": "user", "user": snapshot.page_user(self._state, person)})

    def tell(self, place: Channel) -> None:
        for member in place.members:
            shown = {"type": "channel", "channel": snapshot.page_channel(self._state, place, member)}
            self._hub.tell([member], shown)

    def _event(self, kind: str, place: Channel, user: str) -> Json:
        person = self._state.users[user]
        event = {
            "type": kind,
            "user": user,
            "channel": place.id,
            "channel_type": "G" if place.is_private else "C",
            "team": person.team_id,
            "event_ts": self._clock.ts(),
        }
        return event | {"user_team": person.team_id} if place.is_ext_shared else event
