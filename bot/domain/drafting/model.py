"""What drafting produces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.cases import Proposal
from bot.domain.contracts import ContractState
from bot.domain.lint.model import Finding
from bot.domain.reading.model import Reading


class Tone(StrEnum):
    EMPATHETIC = "empathetic"
    FIRM = "firm"


class Stage(StrEnum):
    """The rungs of the ladder (S1's six steps after S0's triage)."""

    TRIAGE = "triage"
    SET_EXPECTATIONS = "set_expectations"
    ACKNOWLEDGE = "acknowledge"
    EXPLAIN = "explain"
    COMPENSATE = "compensate"
    SEEK_SUPPORT = "seek_support"
    CLOSE = "close"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, date or name as it stands in a draft, and where it came from.

    ``source`` is a path: ``crm:contract/C-1/end``, ``triage:hours``, ``decision:offer``,
    ``promise:0/due``, ``setting:progress_hours``, ``customer:message``.
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """``wordings`` are the ids of the wordings used, so that the next draft can avoid them."""

    tone: Tone
    text: str
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractStanding:
    """The one contract a draft may speak of."""

    state: ContractState
    number: str
    product: str
    end: date | None
    as_of: datetime
    stale: bool
    source: str


@dataclass(frozen=True, slots=True)
class DraftSet:
    """``drafts`` holds both tones or none; ``missing`` are text keys of what blocks the next stage."""

    reading: Reading
    contract: ContractStanding | None
    stage: Stage
    drafts: tuple[Draft, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    missing: tuple[str, ...] = ()
