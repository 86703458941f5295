"""Who did what to a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    """Another case came into this one."""
    SPLIT = "split"
    """Part of this case went into another."""
    LINKED = "linked"
    UNLINKED = "unlinked"
    TRIAGED = "triaged"
    EDITED = "edited"
    DELETED = "deleted"
    BYPASSED = "bypassed"
    """An engineer was reached past the agent."""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """``by`` is None where nobody in particular did it; ``detail`` is data, no text: the other case, say."""

    case_id: str
    kind: ChangeKind
    at: datetime
    by: str | None = None
    detail: str = ""
