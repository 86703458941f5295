"""Loads ``scripts_zh/plays/*.yaml`` into a ``Playbook``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Texts as Patterns
from bot.adapters.scripts.patterns import compile_all
from bot.domain.cases import Done, Fault, Severity, Verdict
from bot.domain.drafting.cues import Cues
from bot.domain.drafting.factlock import loose_figures
from bot.domain.drafting.families import Families, Family
from bot.domain.drafting.model import Stage, Tone
from bot.domain.drafting.plays import (
    Move,
    MoveKind,
    Need,
    Place,
    Play,
    Playbook,
    PlayKind,
    Step,
    TakeUp,
    When,
    Wording,
    Wordings,
)
from bot.domain.drafting.situation import Branch, Comparison, Flag
from bot.domain.drafting.slots import SLOTS
from bot.domain.errors import ScriptsError
from bot.domain.reading.model import Intent, Tactic, Variant
from bot.domain.reading.variant import detect_variant

Texts = Annotated[list[str], Field(min_length=1)]
State = Annotated[str, Field(pattern="^(active|expiring|expired|terminated|upcoming|none|unknown)$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$")]

_MARKS = "".join(Need)
_SLOT = re.compile(r"\{\w+\}")
_ASIDE = re.compile("〔([^〔〕]*)〕")
_MAX_ASIDES = 3


class VariantsModel(FileModel):
    hant: Texts
    hans: Texts


class TonesModel(FileModel):
    empathetic: VariantsModel
    firm: VariantsModel


class MoveModel(FileModel):
    """The two tones may be left out where the move is said ``about`` certain families of trouble only."""

    kind: MoveKind
    empathetic: VariantsModel | None = None
    firm: VariantsModel | None = None
    about: dict[Family, TonesModel] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_both_tones(self) -> Self:
        if (self.empathetic is None) is not (self.firm is None) or not (self.firm or self.about):
            raise ValueError("needs wordings in both tones, or about families only")
        return self

    def versions(self, name: str) -> Iterator[tuple[str, Family | None, TonesModel]]:
        """Each set of wordings with its name."""
        if self.empathetic and self.firm:
            yield name, None, TonesModel(empathetic=self.empathetic, firm=self.firm)
        for family, tones in self.about.items():
            yield f"{name}.about.{family}", family, tones


class WhenModel(FileModel):
    """Every field is a list of alternatives; ``done``, ``flags`` and ``needs`` must all hold."""

    stages: frozenset[Stage] = frozenset()
    intents: frozenset[Intent] = frozenset()
    tactics: frozenset[Tactic] = frozenset()
    without: frozenset[Intent | Tactic] = frozenset()
    states: frozenset[State] = frozenset()
    faults: frozenset[Fault] = frozenset()
    verdicts: frozenset[Verdict] = frozenset()
    severities: frozenset[Severity] = frozenset()
    branches: frozenset[Branch] = frozenset()
    comparisons: frozenset[Comparison] = frozenset()
    concerns: frozenset[Name] = frozenset()
    unconcerned: frozenset[Name] = frozenset()
    questions: frozenset[Name] = frozenset()
    done: frozenset[Done] = frozenset()
    undone: frozenset[Done] = frozenset()
    flags: frozenset[Flag] = frozenset()
    unflagged: frozenset[Flag] = frozenset()
    needs: frozenset[str] = frozenset()


class PlayModel(FileModel):
    id: Name
    when: WhenModel
    moves: Annotated[list[str], Field(min_length=1)]
    priority: int = 50
    kind: PlayKind = PlayKind.CHAT
    opening: int = 0
    takes_up: frozenset[Intent | Tactic] | None = None
    """Left out: the intents of ``when``."""


class TakeUpModel(FileModel):
    id: Name
    when: WhenModel
    move: Name
    place: Place
    weight: int = 50
    takes_up: frozenset[Intent | Tactic] | None = None
    """Left out: the label of ``when``, if it names one alone."""
    instead: frozenset[Name] = frozenset()


class PlaysFile(FileModel):
    """A move of one file may be used by the plays of another."""

    families: dict[Family, Patterns] = Field(default_factory=dict)
    concerns: dict[Name, Patterns] = Field(default_factory=dict)
    pressing: frozenset[Name] = frozenset()
    """The concerns of those who are held up."""
    questions: dict[Name, Patterns] = Field(default_factory=dict)
    means: dict[Name, Intent] = Field(default_factory=dict)
    moves: dict[Name, MoveModel] = Field(default_factory=dict)
    plays: list[PlayModel] = Field(default_factory=list)
    take_ups: list[TakeUpModel] = Field(default_factory=list)


def load_plays(directory: Path) -> Playbook:
    """Raises ``ScriptsError`` with every fault of every file."""
    files: dict[Path, PlaysFile] = {}
    faults: list[str] = []
    for path in sorted(directory.glob("*.yaml")):
        try:
            files[path] = read_yaml(path, PlaysFile)
        except ScriptsError as error:
            faults += error.faults
    if not files and not faults:
        faults.append(f"{directory}: -: holds no *.yaml file")
    faults += [fault for path, file in files.items() for fault in _move_faults(path, file)]
    faults += _name_faults(files)
    families = _families(files, faults)
    concerns = _cues("concerns", {path: file.concerns for path, file in files.items()}, faults)
    questions = _cues("questions", {path: file.questions for path, file in files.items()}, faults)
    if faults:
        raise ScriptsError(faults)
    moves = {name: _move(name, model) for file in files.values() for name, model in file.moves.items()}
    return Playbook(
        plays=tuple(_play(model, moves) for file in files.values() for model in file.plays),
        take_ups=tuple(_take_up(model, moves) for file in files.values() for model in file.take_ups),
        families=families,
        concerns=concerns,
        pressing=frozenset(name for file in files.values() for name in file.pressing),
        questions=questions,
        means={name: intent for file in files.values() for name, intent in file.means.items()},
    )


def _families(files: dict[Path, PlaysFile], faults: list[str]) -> Families:
    return Families(
        {
            family: tuple(compile_all(path, f"families.{family}", sources, {}, faults))
            for path, file in files.items()
            for family, sources in file.families.items()
        }
    )


def _cues(kind: str, files: dict[Path, dict[str, Patterns]], faults: list[str]) -> Cues:
    return Cues(
        {
            name: tuple(compile_all(path, f"{kind}.{name}", sources, {}, faults))
            for path, cues in files.items()
            for name, sources in cues.items()
        }
    )


def _move(name: str, model: MoveModel) -> Move:
    made = {family: _wordings(where, tones) for where, family, tones in model.versions(name)}
    return Move(name, model.kind, made.pop(None, {}), {family: said for family, said in made.items() if family})


def _wordings(name: str, model: TonesModel) -> Wordings:
    return {
        (tone, variant): tuple(
            Wording(f"{name}/{tone}/{variant}/{index}", said, slots_in(said), _core(said))
            for index, text in enumerate(texts)
            for said in _versions(text)
        )
        for tone, variant, texts in _texts(model)
    }


def _versions(text: str) -> list[str]:
    """The wording with and without each of its asides: 〔…〕 is said only where its slots have values."""
    aside = _ASIDE.search(text)
    if aside is None:
        return [text]
    before, after = text[: aside.start()], text[aside.end() :]
    return [version for kept in (aside[1], "") for version in _versions(before + kept + after)]


def _core(text: str) -> str:
    return max(_SLOT.split(text), key=len)


def _texts(model: TonesModel) -> Iterator[tuple[Tone, Variant, list[str]]]:
    for tone in Tone:
        for variant in Variant:
            yield tone, variant, getattr(getattr(model, tone), variant)


def slots_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _when(model: WhenModel) -> When:
    return When(**{name: getattr(model, name) for name in WhenModel.model_fields})


def _play(model: PlayModel, moves: dict[str, Move]) -> Play:
    when = _when(model.when)
    return Play(
        id=model.id,
        when=when,
        steps=tuple(Step(moves[name.rstrip(_MARKS)], _need(name)) for name in model.moves),
        priority=model.priority,
        kind=model.kind,
        opening=model.opening,
        takes_up=when.intents if model.takes_up is None else model.takes_up,
    )


def _need(name: str) -> Need:
    return Need(name[-1]) if name[-1] in _MARKS else Need.ALWAYS


def _take_up(model: TakeUpModel, moves: dict[str, Move]) -> TakeUp:
    when = _when(model.when)
    takes_up = model.takes_up if model.takes_up is not None else when.labels if len(when.labels) == 1 else frozenset()
    return TakeUp(model.id, when, moves[model.move], model.place, model.weight, takes_up, model.instead)


def _move_faults(path: Path, file: PlaysFile) -> Iterator[str]:
    versions = [version for name, model in file.moves.items() for version in model.versions(name)]
    for name, _, model in versions:
        texts = list(_texts(model))
        faults = [
            f"{path}: moves.{name}.{tone}.{variant}.{index}: {reason}"
            for tone, variant, wordings in texts
            for index, text in enumerate(wordings)
            for reason in _wording_faults(text, variant)
        ]
        yield from faults or (f"{path}: moves.{name}: {reason}" for reason in _slot_faults(texts))


def _wording_faults(text: str, variant: Variant) -> Iterator[str]:
    asides = _ASIDE.findall(text)
    if re.search("[〔〕]", _ASIDE.sub("", text)) or len(asides) > _MAX_ASIDES:
        yield f"has an aside that is not closed, lies in another, or is one too many; {_MAX_ASIDES} are allowed"
        return
    try:
        slots = slots_in(text)
        lacking = [aside for aside in asides if not slots_in(aside)]
    except ValueError:
        yield "has a brace that is not closed; a slot is written {product}"
        return
    yield from (f"has the aside 〔{aside}〕 without a slot: it would always be said" for aside in lacking)
    for slot in sorted(slots - SLOTS):
        yield f"names the slot {{{slot}}}, which does not exist; there are {', '.join(sorted(SLOTS))}"
    said = re.sub("[〔〕]", "", _SLOT.sub("", text))
    if detect_variant(said) not in (None, variant):
        yield f"is written in the other variant than {variant}"
    for figure in loose_figures(said, ()):
        yield f"states the figure {figure!r} without a slot to source it"
    if not text.endswith(("。", "？", "！", "：", "，")):
        yield "must end in full-width punctuation"


def _slot_faults(texts: Iterable[tuple[Tone, Variant, list[str]]]) -> Iterator[str]:
    """Both tones can state the same facts only if they offer the same sets of slots."""
    offered = {
        (tone, variant): {slots_in(said) for text in wordings for said in _versions(text)}
        for tone, variant, wordings in texts
    }
    everywhere = set.union(*offered.values())
    for (tone, variant), sets in offered.items():
        for slots in sorted(everywhere - sets, key=sorted):
            named = ", ".join(sorted(slots)) or "no slots"
            yield f"{tone}.{variant}: lacks a wording with exactly these slots: {named}"


def _name_faults(files: dict[Path, PlaysFile]) -> Iterator[str]:
    known: dict[str, Path] = {}
    for path, file in files.items():
        for name in file.moves:
            if name in known:
                yield f"{path}: moves.{name}: is already in {known[name]}"
            known[name] = path
    cues = {
        "concern": {name for file in files.values() for name in file.concerns},
        "question": {name for file in files.values() for name in file.questions},
    }
    seen: set[str] = set()
    for path, file in files.items():
        for entry in _entries(file):
            if entry.id in seen:
                yield f"{path}: {entry.id}: this id is used twice"
            seen.add(entry.id)
            strange = sorted(entry.when.needs - SLOTS)
            yield from (f"{path}: {entry.id}.when.needs: there is no slot {slot!r}" for slot in strange)
            yield from (f"{path}: {entry.id}: there is no move {name!r}" for name in entry.moves if name not in known)
            yield from (
                f"{path}: {entry.id}.when.{kind}s: there is no {kind} {name!r}"
                for kind, names in (("concern", entry.concerns), ("question", entry.when.questions))
                for name in sorted(names - cues[kind])
            )
        unasked = sorted(file.means.keys() - cues["question"])
        yield from (f"{path}: means: there is no question {name!r}" for name in unasked)
        unknown = sorted(file.pressing - cues["concern"])
        yield from (f"{path}: pressing: there is no concern {name!r}" for name in unknown)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a play and a take-up have in common: names that must exist."""

    id: str
    when: WhenModel
    moves: tuple[str, ...]

    @property
    def concerns(self) -> frozenset[str]:
        return self.when.concerns | self.when.unconcerned


def _entries(file: PlaysFile) -> Iterator[_Entry]:
    for play in file.plays:
        names = tuple(name.rstrip(_MARKS) for name in play.moves)
        yield _Entry(play.id, play.when, names)
    for take_up in file.take_ups:
        yield _Entry(take_up.id, take_up.when, (take_up.move, *sorted(take_up.instead)))
