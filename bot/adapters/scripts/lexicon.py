"""Loads ``scripts_zh/lexicon``: word classes, contexts and one file per label or step towards one.

    classes.yaml            words that mean the same, used in patterns as ``{name}``
    contexts.yaml           innocent compounds, and the cues that set a match aside
    intents/, tactics/      one file per label
    marks/                  steps that only combinations use

The pattern language is described in ``bot.domain.reading.pattern``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

import re

from pydantic import Field

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.domain.errors import ScriptsError
from bot.domain.reading.lexicon import Combination, Guard, Lexicon, Rule, Scope, Withdrawal
from bot.domain.reading.model import Intent, Tactic
from bot.domain.reading.pattern import Fragment, Pattern, PatternError, any_of, compile_pattern, translate

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
_REFERENCE = re.compile(r"\{([^}]*)\}")
_LABELS = {"intents": frozenset(label.value for label in Intent), "tactics": frozenset(label.value for label in Tactic)}


class ClassesFile(FileModel):
    classes: dict[Text, Texts]


class ContextsFile(FileModel):
    neutral: Texts
    retracted: Texts
    guards: dict[Guard, Texts]


class PatternGroup(FileModel):
    guards: frozenset[Guard] = frozenset()
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    patterns: Texts


class CombinationEntry(FileModel):
    all: Annotated[tuple[tuple[Text, ...] | Text, ...], Field(min_length=2)]
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
    classes = _classes(directory / "classes.yaml", faults)
    neutral, contexts = _contexts(directory / "contexts.yaml", classes, faults)
    loaded = list(_mark_files(directory, faults))
    rules = [rule for item in loaded for rule in _rules(item, classes, faults)]
    _check_names(loaded, faults)
    if faults:
        raise ScriptsError(faults)
    return Lexicon(
        rules=tuple(rules),
        neutral=neutral,
        contexts=contexts,
        combinations=tuple(c for item in loaded for c in _combinations(item.file)),
        withdrawals=tuple(Withdrawal(i.file.mark, w.mark, w.scope) for i in loaded for w in i.file.withdrawn_by),
    )


def _classes(path: Path, faults: list[str]) -> Mapping[str, Fragment]:
    """Classes may use each other, in any order but not in a circle."""
    words = read_yaml(path, ClassesFile).classes
    uses = {name: {n for entry in entries for n in _REFERENCE.findall(entry)} for name, entries in words.items()}
    translated: dict[str, Fragment] = {}
    try:
        order = [name for name in TopologicalSorter(uses).static_order() if name in words]
    except CycleError as error:
        raise ScriptsError([f"{path}: classes: classes use each other in a circle: {error.args[1]}"]) from error
    for name in order:
        fragments: list[Fragment] = []
        for number, entry in enumerate(words[name]):
            try:
                fragments.append(translate(entry, translated))
            except PatternError as error:
                faults.append(f"{path}: classes.{name}.{number}: {error}")
        if fragments:
            translated[name] = any_of(fragments)
    return translated


def _contexts(
    path: Path, classes: Mapping[str, Fragment], faults: list[str]
) -> tuple[tuple[Pattern, ...], dict[str, tuple[Pattern, ...]]]:
    file = read_yaml(path, ContextsFile)
    contexts = {
        guard.value: tuple(_compiled(path, f"guards.{guard}", patterns, classes, faults))
        for guard, patterns in file.guards.items()
    }
    contexts["retracted"] = tuple(_compiled(path, "retracted", file.retracted, classes, faults))
    return tuple(_compiled(path, "neutral", file.neutral, classes, faults)), contexts


def _mark_files(directory: Path, faults: list[str]) -> Iterator[_Loaded]:
    for folder in ("intents", "tactics", "marks"):
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


def _rules(item: _Loaded, classes: Mapping[str, Fragment], faults: list[str]) -> Iterator[Rule]:
    for number, group in enumerate(item.file.groups):
        for pattern in _compiled(item.path, f"groups.{number}.patterns", group.patterns, classes, faults):
            yield Rule(item.file.mark, pattern, group.guards, group.weight)


def _compiled(
    path: Path, field: str, sources: tuple[str, ...], classes: Mapping[str, Fragment], faults: list[str]
) -> Iterator[Pattern]:
    for number, source in enumerate(sources):
        try:
            yield compile_pattern(source, classes)
        except PatternError as error:
            faults.append(f"{path}: {field}.{number}: {error} (in {source!r})")


def _combinations(file: MarkFile) -> Iterator[Combination]:
    for entry in file.combinations:
        all_of = tuple(frozenset([names] if isinstance(names, str) else names) for names in entry.all)
        yield Combination(file.mark, all_of, frozenset(entry.none), entry.scope)


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
