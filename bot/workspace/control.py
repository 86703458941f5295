"""The control API: acting and asking as anybody, faults, and what only an administrator of Slack could do."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.workspace import snapshot
from bot.workspace.acts.lookup import answer, required
from bot.workspace.bodies import Act, json_handler
from bot.workspace.delivery.socket import Drop
from bot.workspace.errors import Refused
from bot.workspace.faults import Fault
from bot.workspace.guard import require_local
from bot.workspace.model import Channel, Json
from bot.workspace.world import World


class Control:
    """``acts`` are those of people, by name."""

    def __init__(self, world: World, acts: dict[str, Act]) -> None:
        self._world = world
        self._acts = acts

    def routes(self) -> list[web.RouteDef]:
        acts = self._acts | {
            "fault": self.fault,
            "redeliver": self.redeliver,
            "reset": self.reset,
            "settle": self.settle,
            "share": self.share,
            "disconnect": self.disconnect,
            "archive": self.archive,
            "invite": self.invite,
            "kick": self.kick,
            "revoke": self.revoke,
            "group": self.group,
            "user": self.user,
        }
        posts = [web.post(f"/_control/{name}", json_handler(act, self._guard)) for name, act in acts.items()]
        return [*posts, web.get("/_control/state", self._state), web.get("/_control/calls", self._calls)]

    def _guard(self, request: web.Request) -> None:
        if not self._world.config.control:
            raise web.HTTPNotFound
        require_local(request)

    async def _state(self, request: web.Request) -> web.Response:
        self._guard(request)
        return web.json_response(snapshot.control_state(self._world.state))

    async def _calls(self, request: web.Request) -> web.Response:
        self._guard(request)
        return web.json_response(self._world.recorder.calls())

    async def fault(self, body: Json) -> Json:
        fault = Fault(
            required(body, "method"),
            _kind(body),
            _number(body, "times", 1, least=1),
            _seconds(body),
            _number(body, "retry_after", 1, least=0),
        )
        self._world.faults.add(fault)
        return {}

    async def redeliver(self, body: Json) -> Json:
        """Sends an event again under its id and waits for the ack."""
        reason = body.get("reason") or "http_timeout"
        return answer(await self._world.events.redeliver(required(body, "event_id"), str(reason)))

    async def reset(self, _body: Json) -> Json:
        await self._world.reset()
        return {}

    async def settle(self, _body: Json) -> Json:
        """Answers once the bot has acked every event, or could have by now."""
        await self._world.events.settle(self._world.config.timing.ack)
        return {}

    async def share(self, body: Json) -> Json:
        place = self._channel(body)
        self._world.places.share(place, shared=bool(body.get("shared")))
        return {"channel": place.id, "is_ext_shared": place.is_ext_shared}

    async def disconnect(self, body: Json) -> Json:
        """Ends all sockets: politely, asking first to reconnect (``refresh``), or by cutting the line (``abort``)."""
        how: Drop = "abort" if body.get("abort") else "refresh" if body.get("refresh") else "close"
        return {"dropped": await self._world.sockets.drop(how)}

    async def archive(self, body: Json) -> Json:
        self._world.places.archive(self._channel(body))
        return {}

    async def invite(self, body: Json) -> Json:
        """Adds a person, or the bot, to a channel."""
        self._world.places.join(self._channel(body), self._member(body), body.get("inviter"))
        return {}

    async def kick(self, body: Json) -> Json:
        """Removes the bot, or the ``user`` given, from a channel."""
        self._world.places.leave(self._channel(body), self._member(body))
        return {}

    async def revoke(self, body: Json) -> Json:
        """The bot token (or the ``token`` given) is answered ``token_revoked`` until the next reset."""
        self._world.state.revoked.add(str(body.get("token") or self._world.config.bot_token))
        return {}

    async def group(self, body: Json) -> Json:
        """Sets the people of a user group."""
        group = self._world.state.groups.get(required(body, "group"))
        users = body.get("users")
        if group is None or not isinstance(users, list) or any(user not in self._world.state.users for user in users):
            raise Refused("group_or_users_not_found")
        self._world.places.set_group(group, users)
        return {}

    async def user(self, body: Json) -> Json:
        """Changes a person's name, locale or e-mail, or deactivates them."""
        person = self._world.state.person(required(body, "user"))
        for name in ("name", "locale", "email", "deleted"):
            if name in body:
                setattr(person, name, body[name])
        self._world.places.user_changed(person.id)
        return {}

    def _channel(self, body: Json) -> Channel:
        place = self._world.state.channels.get(required(body, "channel"))
        if place is None:
            raise Refused(f"channel_not_found: {body['channel']}")
        return place

    def _member(self, body: Json) -> str:
        user = str(body.get("user") or self._world.state.app.user_id)
        if user not in self._world.state.users:
            raise Refused(f"user_not_found: {user}")
        return user


def _kind(body: Json) -> str:
    """A status may come as the number it is."""
    kind: Any = body.get("kind")
    return str(kind) if type(kind) is int else required(body, "kind")


def _seconds(body: Json) -> float | None:
    value: Any = body.get("seconds")
    if value is None:
        return None
    if type(value) not in (int, float) or value < 0:
        raise Refused("not a number from 0: seconds")
    return float(value)


def _number(body: Json, name: str, default: int, *, least: int) -> int:
    """``name`` if given and not null. Raises ``Refused``."""
    value: Any = body.get(name)
    if value is None:
        return default
    if type(value) is not int or value < least:
        raise Refused(f"not a whole number from {least}: {name}")
    return value
