"""What the desk does, for the roles that somebody has."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.desk import Role
from bot.ports import Content
from handlers.blocks import kit
from handlers.blocks.words import Words

_PARTS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("help.writers", frozenset({Role.AGENT, Role.SUPERVISOR})),
    ("help.supervisor", frozenset({Role.SUPERVISOR})),
    ("help.sales", frozenset({Role.SALES})),
    ("help.engineer", frozenset({Role.ENGINEER})),
    ("help.channel", frozenset({Role.AGENT, Role.SUPERVISOR})),
    ("help.alerts", frozenset({Role.AGENT, Role.SUPERVISOR, Role.ENGINEER})),
    ("help.everyone", frozenset(Role)),
)


def content(roles: Collection[Role], words: Words) -> Content:
    return Content(words("help.title"), (kit.section(text(roles, words)),))


def greeting(roles: Collection[Role], words: Words) -> str:
    """Three lines for the first meeting."""
    writes = not {Role.AGENT, Role.SUPERVISOR}.isdisjoint(roles)
    second = "greeting.writer" if writes else "greeting.other"
    return "\n".join(words(key) for key in ("greeting.what", second, "greeting.more"))


def text(roles: Collection[Role], words: Words) -> str:
    """The parts that concern somebody, each once."""
    parts = [words(key) for key, concerned in _PARTS if concerned.intersection(roles)]
    return "\n".join([f"*{words('help.title')}*", *(part.strip() for part in parts)])
