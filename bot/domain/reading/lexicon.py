"""The lexicon as the reader uses it: compiled patterns by label, and what sets them aside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.reading.pattern import Pattern
from bot.domain.reading.weights import Weights


class Guard(StrEnum):
    """Contexts that take a match back."""

    NEGATED = "negated"
    """Denied just to the left: 不是要客訴."""
    CONDITIONAL = "conditional"
    """Stands under an if, in the same sentence."""
    THIRD_PARTY = "third_party"
    """Somebody else is spoken of: 上一家, 有人冒充."""
    SETTLED = "settled"
    """The sentence says that it is over: 已修好."""
    QUESTION = "question"
    """The clause asks instead of stating."""
    PAST = "past"
    """Told as history: 去年, 那次."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that speaks for a mark. ``weight`` 1 decides alone; lighter ones need company."""

    mark: str
    pattern: Pattern
    guards: frozenset[Guard]
    weight: float = 1.0


class Scope(StrEnum):
    SENTENCE = "sentence"
    NEIGHBOURS = "neighbours"
    """The same sentence or the one before or after."""
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Combination:
    """Marks that together say something none says alone."""

    mark: str
    all_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """``mark`` is dropped where ``by`` was found in scope."""

    mark: str
    by: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``neutral`` patterns are blanked out first: trigger words in innocent compounds.

    ``contexts`` hold the cues of the guards and of taking everything back (``retracted``).
    Marks that are not labels are steps towards one.
    """

    rules: tuple[Rule, ...]
    neutral: tuple[Pattern, ...]
    contexts: dict[str, tuple[Pattern, ...]]
    steps: tuple[Combination | Withdrawal, ...] = ()
    """In the order in which they are taken: a later one sees what the earlier ones did."""
    weights: Weights | None = None
    """What wording says beside the rules; without them the rules decide alone."""
