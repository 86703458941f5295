"""Loads ``scripts_zh/lexicon``: word classes, contexts and one file per label or step towards one.

    classes.yaml            words that mean the same, used in patterns as ``{name}``
    contexts.yaml           innocent compounds, and the cues that set a match aside
    intents/, tactics/      one file per label
    marks/                  steps that only combinations use
    weights.json            what the wording says beside them, written by tests/training (may be absent)

The pattern language is described in ``bot.domain.reading.pattern``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Classes, Text, Texts, compile_all, load_classes
from bot.adapters.scripts.weights import load_weights
from bot.domain.errors import ScriptsError
from bot.domain.reading.lexicon import Combination, Guard, Lexicon, Rule, Scope, Withdrawal
from bot.domain.reading.model import Intent, Tactic
from bot.domain.reading.pattern import Pattern

_LABELS = {"intents": frozenset(label.value for label in Intent), "tactics": frozenset(label.value for label in Tactic)}


class ContextsFile(FileModel):
    neutral: Texts
    retracted: Texts
    present: Texts
    guards: dict[Guard, Texts]


class PatternGroup(FileModel):
    guards: frozenset[Guard] = frozenset()
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    patterns: Texts


class CombinationEntry(FileModel):
    all: Annotated[tuple[tuple[Text, ...] | Text, ...], Field(min_length=1)]
    none: tuple[Text, ...] = ()
    scope: Scope = Scope.SENTENCE


class WithdrawalEntry(FileModel):
    mark: Text
    scope: Scope = Scope.SENTENCE


class MarkFile(FileModel):
    mark: Text
    groups: tuple[PatternGroup, ...] = ()
    combinations: tuple[CombinationEntry, ...] = ()
    withdrawn_by: tuple[WithdrawalEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    path: Path
    file: MarkFile


def load_lexicon(directory: Path) -> Lexicon:
    """Raises ``ScriptsError`` with every fault of every file."""
    faults: list[str] = []
    classes = load_classes(directory / "classes.yaml", faults)
    neutral, contexts = _contexts(directory / "contexts.yaml", classes, faults)
    loaded = list(_mark_files(directory, faults))
    rules = [rule for item in loaded for rule in _rules(item, classes, faults)]
    _check_names(loaded, faults)
    weights = load_weights(directory / "weights.json", faults)
    if faults:
        raise ScriptsError(faults)
    return Lexicon(
        rules=tuple(rules),
        neutral=neutral,
        contexts=contexts,
        steps=tuple(_steps(loaded)),
        weights=weights,
    )


def _contexts(
    path: Path, classes: Classes, faults: list[str]
) -> tuple[tuple[Pattern, ...], dict[str, tuple[Pattern, ...]]]:
    file = read_yaml(path, ContextsFile)
    contexts = {
        guard.value: tuple(compile_all(path, f"guards.{guard}", patterns, classes, faults))
        for guard, patterns in file.guards.items()
    }
    contexts["retracted"] = tuple(compile_all(path, "retracted", file.retracted, classes, faults))
    contexts["present"] = tuple(compile_all(path, "present", file.present, classes, faults))
    return tuple(compile_all(path, "neutral", file.neutral, classes, faults)), contexts


def _mark_files(directory: Path, faults: list[str]) -> Iterator[_Loaded]:
    for folder in ("marks", "intents", "tactics"):  # combinations build on those before them
        for path in sorted((directory / folder).glob("*.yaml")):
            try:
                file = read_yaml(path, MarkFile)
            except ScriptsError as error:
                faults += error.faults
                continue
            if file.mark != path.stem:
                faults.append(f"{path}: mark: must be {path.stem!r} like the file")
            if folder in _LABELS and file.mark not in _LABELS[folder]:
                faults.append(f"{path}: mark: {file.mark!r} is no label of {folder}")
            yield _Loaded(path, file)


def _rules(item: _Loaded, classes: Classes, faults: list[str]) -> Iterator[Rule]:
    for number, group in enumerate(item.file.groups):
        for pattern in compile_all(item.path, f"groups.{number}.patterns", group.patterns, classes, faults):
            yield Rule(item.file.mark, pattern, group.guards, group.weight)


def _combinations(file: MarkFile) -> Iterator[Combination]:
    for entry in file.combinations:
        all_of = tuple(frozenset([names] if isinstance(names, str) else names) for names in entry.all)
        yield Combination(file.mark, all_of, frozenset(entry.none), entry.scope)


def _steps(loaded: list[_Loaded]) -> Iterator[Combination | Withdrawal]:
    """Marks settle first; then labels combine them; at last labels give way to each other."""
    marks = [item.file for item in loaded if item.path.parent.name not in _LABELS]
    labels = [item.file for item in loaded if item.path.parent.name in _LABELS]
    for file in marks:
        yield from _combinations(file)
        yield from _withdrawals(file)
    for step in (_combinations, _withdrawals):
        for file in labels:
            yield from step(file)


def _withdrawals(file: MarkFile) -> Iterator[Withdrawal]:
    for entry in file.withdrawn_by:
        yield Withdrawal(file.mark, entry.mark, entry.scope)


def _check_names(loaded: list[_Loaded], faults: list[str]) -> None:
    """A combination or withdrawal that names no existing mark could never work."""
    known = {item.file.mark for item in loaded}
    for item in loaded:
        for combination in _combinations(item.file):
            named = frozenset().union(*combination.all_of) | combination.none_of
            faults += [f"{item.path}: combinations: there is no mark {name!r}" for name in sorted(named - known)]
        for entry in item.file.withdrawn_by:
            if entry.mark not in known:
                faults.append(f"{item.path}: withdrawn_by: there is no mark {entry.mark!r}")
