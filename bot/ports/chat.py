"""The chat platform: posting once, whispering, forms, and who and what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.errors import ChatError


@dataclass(frozen=True, slots=True)
class Content:
    """A rendered message: ``text`` for notifications and ``blocks`` in the platform's own form."""

    text: str
    blocks: tuple[dict[str, object], ...] = ()
    public: bool = False
    """Written for people outside; everything else stays among ours."""


@dataclass(frozen=True, slots=True)
class Persona:
    """In whose name a reply is posted: as ``user`` where they gave their token, else by the bot under ``name``."""

    name: str
    image: str | None = None
    user: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """``name`` ends in what the content is, such as ``.pdf``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """``external`` is true for another organisation's people and wherever it cannot be determined."""

    id: str
    name: str
    external: bool
    is_bot: bool = False
    email: str | None = None
    locale: str | None = None
    image: str | None = None
    team: str | None = None
    fault: ChatError | None = None
    """Why nothing could be determined."""


@dataclass(frozen=True, slots=True)
class Channel:
    """``shared`` is true for channels with another organisation and wherever it cannot be determined."""

    id: str
    name: str
    shared: bool
    archived: bool = False
    direct: bool = False
    fault: ChatError | None = None
    """Why nothing could be determined."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person acts.

    ``thread_ts`` only within a thread that others have written in. ``address`` leads back to what they acted on
    where they alone see it; the platform takes an answer there for some minutes.
    """

    channel: str
    thread_ts: str | None = None
    address: str = ""


class Chat(Protocol):
    """The chat platform. Failures are ``ChatRefused`` (it said no) or ``ChatUnreachable`` (unknown)."""

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        """Posts once for ``op``, however often it is called and whatever breaks; returns the ts."""

    async def update(self, channel: str, ts: str, content: Content) -> None: ...

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        """Shows something to one user alone."""

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        """As ``whisper``, in place of what the user acted on where that is still possible."""

    async def dismiss(self, spot: Spot) -> None:
        """Takes away what only the user saw and acted on. Where that is no longer possible, it stays."""

    async def direct(self, op: str, user: str, content: Content) -> str:
        """Posts once for ``op`` into the direct conversation with ``user``."""

    async def send_files(self, op: str, user: str, files: Sequence[File], comment: Content) -> bool:
        """Puts files under one comment into the direct conversation with ``user``, once for ``op``.

        False where that was done before. Of ``comment`` the text is shown.
        """

    async def remind(self, op: str, user: str, at: datetime, content: Content) -> None:
        """Says the text of ``content`` to ``user`` in private at ``at``, which is ahead, once for ``op``."""

    async def open_form(self, trigger_id: str, view: dict[str, object]) -> str:
        """Opens a modal and returns its id."""

    async def update_form(self, view_id: str, view: dict[str, object]) -> None: ...

    async def publish_home(self, user: str, view: dict[str, object]) -> None: ...

    async def permalink(self, channel: str, ts: str) -> str | None: ...

    async def person(self, user: str) -> Person:
        """Cached. An unknown user is external."""

    async def channel(self, channel: str) -> Channel:
        """Cached. An unknown channel is shared."""

    async def group_members(self, group: str) -> frozenset[str]:
        """Cached. An unknown group is empty; ``ChatUnreachable`` where the platform cannot say now."""

    async def find_by_email(self, email: str) -> str | None: ...

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None:
        """Drops what is cached of it, because the platform said it changed."""
