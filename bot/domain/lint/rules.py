"""The lint rules as the linter uses them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.lint.context import Ground
from bot.domain.lint.model import Level
from bot.domain.lint.tone import Tone
from bot.domain.reading.model import Variant
from bot.domain.reading.pattern import Pattern


class Role(StrEnum):
    """What a pattern of a rule does."""

    HIT = "patterns"
    """Breaks the rule."""
    CASE_HIT = "patterns_with_case"
    """Breaks the rule where the case is known; without one it cannot be judged."""
    INNOCENT = "innocent"
    """Takes back a hit that it overlaps: 品質保證 for 保證."""
    SENTENCE = "sentence"
    """Takes back every hit of its sentence."""
    FOLLOWING = "following"
    """Takes back a hit before it, in the same sentence or the next."""
    REPLY = "reply"
    """Takes back every hit of the reply."""
    CUSTOMER = "customer"
    """Takes back every hit where the customer's own messages contain it."""
    PART = "together"
    """One of a group: the rule is broken where a sentence has the whole group."""
    FILLER = "filler"
    """Counts as nothing said, for a rule that looks at what else the reply holds."""


@dataclass(frozen=True, slots=True)
class Advice:
    """``why`` a wording harms and a ``suggestion`` that does not."""

    why: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class LintRule:
    """``numbers`` are the rules of the trade it keeps; ``id`` names it to people and machines."""

    id: str
    numbers: tuple[int, ...]
    severity: Level
    advice: dict[Variant, Advice]
    english: str
    """Why, for who reads English."""
    patterns: dict[Role, tuple[Pattern, ...]]
    together: tuple[tuple[Pattern, ...], ...] = ()
    """Groups of patterns: a sentence that has all of a group, in any order, breaks the rule."""
    severity_without_case: Level | None = None
    """What it weighs where no case is known; ``severity`` where this is None."""
    allowed_by: frozenset[Ground] = frozenset()
    """Any of these grounds lifts the rule."""
    only_on: frozenset[Ground] = frozenset()
    """The rule counts only where all of these grounds hold."""
    negatable: bool = False
    """Whether a denial just before takes it back: 不敢保證."""
    alone_under: int | None = None
    """The rule counts only where the reply says less than this many characters beside its hits and fillers."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """``reported`` and ``condemned`` are cues that somebody else's words, or a warning against them, are given."""

    rules: tuple[LintRule, ...]
    reported: tuple[Pattern, ...] = ()
    condemned: tuple[Pattern, ...] = ()
    condemned_after: tuple[Pattern, ...] = ()
    denials: tuple[Pattern, ...] = field(default=())
    tone: Tone | None = None
    """None where only patterns decide."""
