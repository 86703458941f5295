"""Loads ``scripts_zh/lint``: what our side must never say, as data.

    classes.yaml     words that mean the same, used in patterns as ``{name}``
    contexts.yaml    cues that words are only mentioned: reported, condemned, denied
    *.yaml           rules, a file per theme
    weights.json     how breaches sound, learnt from replies (``bot.adapters.scripts.tone``)

The pattern language is described in ``bot.domain.reading.pattern``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Classes, Text, Texts, compile_all, load_classes
from bot.adapters.scripts.tone import FILE as TONE
from bot.adapters.scripts.tone import load_tone
from bot.domain.errors import ScriptsError
from bot.domain.lint.context import Ground
from bot.domain.lint.model import Level
from bot.domain.lint.rules import Advice, LintRule, Role, RuleBook
from bot.domain.reading.model import Variant
from bot.domain.reading.pattern import Pattern

_CLASSES = "classes.yaml"
_CONTEXTS = "contexts.yaml"
_LAST_RULE = 90


class ContextsFile(FileModel):
    reported: Texts
    condemned: Texts
    condemned_after: Texts
    denials: Texts


class AdviceEntry(FileModel):
    why: Text
    suggestion: Text


class EnglishEntry(FileModel):
    """For who reads English; what to say to the customer instead stays Chinese."""

    why: Text


class UnlessEntry(FileModel):
    sentence: tuple[Text, ...] = ()
    following: tuple[Text, ...] = ()
    reply: tuple[Text, ...] = ()
    customer: tuple[Text, ...] = ()


class RuleEntry(FileModel):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    numbers: Annotated[tuple[Annotated[int, Field(ge=0, le=_LAST_RULE)], ...], Field(min_length=1)]
    severity: Level
    severity_without_case: Level | None = None
    allowed_by: frozenset[Ground] = frozenset()
    only_on: frozenset[Ground] = frozenset()
    negatable: bool = False
    alone_under: Annotated[int, Field(gt=0)] | None = None
    patterns: tuple[Text, ...] = ()
    patterns_with_case: tuple[Text, ...] = ()
    innocent: tuple[Text, ...] = ()
    together: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = ()
    filler: tuple[Text, ...] = ()
    unless: UnlessEntry = UnlessEntry()
    hant: AdviceEntry
    hans: AdviceEntry
    en: EnglishEntry

    @model_validator(mode="after")
    def _can_match(self) -> Self:
        if not (self.patterns or self.patterns_with_case or self.together):
            raise ValueError("needs patterns, patterns_with_case or together")
        if self.filler and self.alone_under is None:
            raise ValueError("filler is for rules with alone_under")
        return self

    def sources(self) -> dict[Role, tuple[str, ...]]:
        unless = {
            role: getattr(self.unless, role.value)
            for role in (Role.SENTENCE, Role.FOLLOWING, Role.REPLY, Role.CUSTOMER)
        }
        own = {role: getattr(self, role.value) for role in (Role.HIT, Role.CASE_HIT, Role.INNOCENT, Role.FILLER)}
        return own | unless


class RulesFile(FileModel):
    rules: Annotated[tuple[RuleEntry, ...], Field(min_length=1)]


def load_lint(directory: Path) -> RuleBook:
    """Raises ``ScriptsError`` with every fault of every file."""
    faults: list[str] = []
    classes = load_classes(directory / _CLASSES, faults)
    contexts = _contexts(directory / _CONTEXTS, classes, faults)
    rules = tuple(_rules(directory, classes, faults))
    tone = load_tone(directory / TONE, {rule.id for rule in rules}, faults)
    if faults:
        raise ScriptsError(faults)
    return RuleBook(rules, **contexts, tone=tone)


def _contexts(path: Path, classes: Classes, faults: list[str]) -> dict[str, tuple[Pattern, ...]]:
    file = read_yaml(path, ContextsFile)
    return {name: tuple(compile_all(path, name, sources, classes, faults)) for name, sources in file}


def _rules(directory: Path, classes: Classes, faults: list[str]) -> Iterator[LintRule]:
    seen: dict[str, Path] = {}
    for path in sorted(directory.glob("*.yaml")):
        if path.name in (_CLASSES, _CONTEXTS):
            continue
        try:
            file = read_yaml(path, RulesFile)
        except ScriptsError as error:
            faults += error.faults
            continue
        for number, entry in enumerate(file.rules):
            if entry.id in seen:
                faults.append(f"{path}: rules.{number}.id: {entry.id!r} is already in {seen[entry.id].name}")
            seen[entry.id] = path
            yield _rule(path, f"rules.{number}", entry, classes, faults)


def _rule(path: Path, field: str, entry: RuleEntry, classes: Classes, faults: list[str]) -> LintRule:
    patterns = {
        role: tuple(compile_all(path, f"{field}.{role}", sources, classes, faults))
        for role, sources in entry.sources().items()
        if sources
    }
    together = tuple(
        tuple(compile_all(path, f"{field}.together.{number}", sources, classes, faults))
        for number, sources in enumerate(entry.together)
    )
    advice = {
        Variant.HANT: Advice(entry.hant.why, entry.hant.suggestion),
        Variant.HANS: Advice(entry.hans.why, entry.hans.suggestion),
    }
    return LintRule(
        id=entry.id,
        numbers=entry.numbers,
        severity=entry.severity,
        advice=advice,
        english=entry.en.why,
        patterns=patterns,
        together=together,
        severity_without_case=entry.severity_without_case,
        allowed_by=entry.allowed_by,
        only_on=entry.only_on,
        negatable=entry.negatable,
        alone_under=entry.alone_under,
    )
