"""What has to follow from a change that is stored: told, shown or sent, however often a process dies in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ErrandKind(StrEnum):
    """Each says what its ``subject`` is the id of."""

    ESCALATION = "escalation"
    """Everybody hears of the escalation as it stands: opened, decided, open again or withdrawn."""
    SETTLE = "settle"
    """The time to revise the decision of the escalation is over."""
    REPLY = "reply"
    """The customer gets ``words`` in the place of the draft."""
    ANSWER = "answer"
    """The thread gets ``words`` as the answer to the question."""
    OPPORTUNITY = "opportunity"
    """Sales hears of the case's opportunity as it stands."""


@dataclass(frozen=True, slots=True)
class Errand:
    """At most one of a kind waits per subject: a newer one takes its place.

    ``due`` is when whoever finds it may take it, so it is also how long whoever took it has for it.
    """

    kind: ErrandKind
    subject: str
    since: datetime
    due: datetime
    by: str | None = None
    words: str | None = None
    attempts: int = 0
