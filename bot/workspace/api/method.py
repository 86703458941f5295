"""What a Web API method is, and the table of all that exist."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.model import Channel, Json
from bot.workspace.world import World

_TRUE = (True, 1, "1", "true", "True", "t")
_KIND_SCOPE = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True)
class Call:
    """One request, its arguments as they came: JSON values, or strings of a form.

    ``person`` is whose token it came with; None where it was the app's.
    """

    world: World
    arguments: dict[str, Any]
    person: str | None = None

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list):
            raise InvalidInput("invalid_arguments", [f"must provide a string [json-pointer:/{name}]"])
        return str(value)

    def optional(self, name: str) -> str | None:
        return self.text(name) or None

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.arguments.get(name)
        return default if value is None or value == "" else value in _TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """A page size. Raises ``invalid_limit``."""
        value = self.arguments.get(name)
        if value in (None, "", 0, "0"):
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise SlackError("invalid_limit") from None
        if number < 0:
            raise SlackError("invalid_limit")
        return min(number, most)

    def parsed(self, name: str, error: str) -> Any:
        """A JSON argument: an object already, or its text in a form. Raises ``error`` for what is no JSON."""
        value = self.arguments.get(name)
        if not isinstance(value, str) or value == "":
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def need(self, scope: str) -> None:
        """Raises ``missing_scope`` unless the app was granted it."""
        need_one_of(self.world, (scope,))

    def need_for(self, place: Channel, right: str) -> None:
        """Raises ``missing_scope`` unless the app may ``right`` (read, history) conversations of this kind."""
        self.need(f"{_KIND_SCOPE[place.kind]}:{right}")


Handler = Callable[[Call], Awaitable[Json]]
Tier = Literal["1", "2", "3", "4", "post", "update"]


@dataclass(frozen=True)
class Method:
    name: str
    handler: Handler
    scopes: tuple[str, ...]
    tier: Tier
    token: Literal["bot", "app"]
    required: tuple[str, ...]
    for_people: bool


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    tier: Tier,
    scopes: tuple[str, ...] = (),
    required: tuple[str, ...] = (),
    token: Literal["bot", "app"] = "bot",  # noqa: S107 - a kind of token, no token
    for_people: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers a handler. One of ``scopes`` must be granted; ``required`` arguments must be there.

    ``for_people``: a person's own token will do, too.
    """

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scopes, tier, token, required, for_people)
        return handler

    return register


def need_one_of(world: World, scopes: tuple[str, ...]) -> None:
    granted = world.installation.scopes
    if scopes and not any(scope in granted for scope in scopes):
        raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(granted)))


def page(items: list[Any], call: Call, default: int, most: int) -> tuple[list[Any], str]:
    """One page of ``items`` and the cursor of the next, empty at the end. Raises ``invalid_cursor``."""
    start = _decode(call.text("cursor"))
    size = call.number("limit", default, most)
    following = start + size
    return items[start:following], _encode(following) if following < len(items) else ""


def _encode(offset: int) -> str:
    return base64.b64encode(f"offset:{offset}".encode()).decode()


def _decode(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, offset = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "offset":
            return int(offset)
    except ValueError:
        pass
    raise SlackError("invalid_cursor")
