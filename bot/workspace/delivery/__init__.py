"""How payloads reach the bot: over its sockets or as signed HTTP requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Retry:
    """``attempt`` counts from 1; ``reason`` in Slack's words (http_timeout, http_error, connection_failed, timeout)."""

    attempt: int
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery. ``status`` is the HTTP status (200 for a socket's ack), 0 when none came.

    ``error`` is what Slack shows the user of a command; ``reason`` what it writes into the next retry.
    """

    acked: bool
    ms: float
    status: int
    body: dict[str, Any] | None = None
    error: str | None = None
    reason: str | None = None
    no_retry: bool = False


class Courier(Protocol):
    async def deliver(self, kind: Kind, payload: dict[str, Any], retry: Retry | None = None) -> Outcome:
        """Delivers once and waits for the ack. Never raises: a failure is an ``Outcome``."""

    async def connected(self) -> bool:
        """Whether a bot is there to answer."""

    async def close(self) -> None: ...
