"""Puts a draft together: the moves of a play and its take-ups, worded alike in both tones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zlib import crc32

from bot.domain.drafting.families import Family
from bot.domain.drafting.model import Fact, Tone
from bot.domain.drafting.plays import Label, Move, MoveKind, Need, Place, Play, TakeUp, Wording
from bot.domain.drafting.slots import ONCE, TOLD_BRIEFLY, TROUBLE, Slots
from bot.domain.reading.model import Variant

MAX_SIDES = 2
MAX_ANSWERS = 2
Brevity = Literal[0, 1, 2]


@dataclass(frozen=True, slots=True)
class Line:
    """One move as it will be said. ``rank`` orders what is given up for room; 0 is never given up."""

    move: Move
    rank: int = 0
    must: bool = False
    """Without it there is no draft."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the choice of wordings hangs on besides the situation."""

    seed: str
    variant: Variant
    used: frozenset[str]
    said: str = ""
    """What our side wrote in the case: its wordings count as used as well."""
    barred: frozenset[str] = frozenset()
    """Wordings that were tried and found wanting in this very draft."""
    family: Family | None = None
    brevity: Brevity = 0
    """0: any wording; 1: the shortest; 2: the shortest, without the customer's own words."""

    @property
    def picky(self) -> bool:
        """Whether anything was said yet that need not be said again."""
        return bool(self.used or self.said)

    def spent(self, wording: Wording) -> bool:
        return wording.id in self.used or (bool(self.said) and wording.core in self.said)


@dataclass(frozen=True, slots=True)
class Worded:
    """A draft before it is checked."""

    text: str
    facts: tuple[Fact, ...]
    wordings: tuple[str, ...]
    pieces: tuple[tuple[int, str], ...]
    """Where each wording ends, to find the one that a finding is about."""

    def wording_at(self, position: int) -> str:
        return next((wording for end, wording in self.pieces if position < end), self.wordings[-1])


def lines_of(play: Play, take_ups: Sequence[TakeUp]) -> tuple[Line, ...]:
    """The play's moves with its take-ups in their places.

    An opening take-up stands in for the play's own acknowledgement: feelings come first, and once. Behind them
    what was asked is answered, and what an answer says already is not said again. What is known follows what the
    play itself opens with, and is given up last but for what was asked. A next step that is agreed already stands in
    for the play's own.
    """
    wanted = [take_up for take_up in take_ups if not _taken_up(take_up, play.takes_up)]
    opening = next((t for t in wanted if t.place is Place.OPEN and t.weight > play.opening), None)
    heard = opening.takes_up if opening else frozenset()
    answers = [t for t in wanted if t.place is Place.ANSWER and not _taken_up(t, heard)][:MAX_ANSWERS]
    said = frozenset().union(*(take_up.takes_up for take_up in (opening, *answers) if take_up))
    sides = [t for t in wanted if t.place is Place.SIDE and not _taken_up(t, said)][:MAX_SIDES]
    spared = frozenset().union(*(take_up.instead for take_up in (opening, *answers) if take_up))
    facts = [t.move for t in wanted if t.place is Place.KNOWN and t.move.id not in spared]
    agreed = next((t.move for t in wanted if t.place is Place.NEXT), None)
    known = [Line(move, rank=_KNOWN_RANK + order) for order, move in enumerate(facts)]
    lines = [Line(take_up.move) for take_up in wanted if take_up.place is Place.ADDRESS]
    lines += [Line(opening.move, must=True)] if opening else []
    for index, step in enumerate(play.steps):
        own_opening = step.move.kind is MoveKind.ACKNOWLEDGE and index == 0
        if not own_opening:
            lines += [Line(answer.move, rank=order and _ANSWER_RANK) for order, answer in enumerate(answers)]
            answers = []
        if (own_opening and opening) or step.move.id in spared:
            continue
        if step.move.kind not in _OPENS:
            lines += known
            known = []
        if step.move.kind is MoveKind.NEXT:
            lines += [Line(side.move, rank=_SIDE_RANK + order) for order, side in enumerate(sides)]
            sides = []
            if agreed:
                lines.append(Line(agreed))
                continue
        rank = _OPTIONAL_RANK + index if step.need is Need.IF_ROOM else 0
        lines.append(Line(step.move, rank, must=step.need is Need.ALWAYS))
    return tuple(lines)


_ANSWER_RANK, _KNOWN_RANK, _SIDE_RANK, _OPTIONAL_RANK = 1, 10, 100, 200
_OPENS = (MoveKind.ACKNOWLEDGE, MoveKind.FACT)
"""The kinds that what is known comes behind."""


def _taken_up(take_up: TakeUp, labels: frozenset[Label]) -> bool:
    """A question is answered whatever else was taken up of the message."""
    named = take_up.when.labels
    return bool(named) and named <= labels and not take_up.when.questions


def word(lines: Iterable[Line], slots: Slots, choice: Choice) -> dict[Tone, Worded] | None:
    """Both tones, with the same slots in each. None where a line that must be said has no wording left."""
    chosen: dict[Tone, list[Wording]] = {tone: [] for tone in Tone}
    available = frozenset(slots) - (TOLD_BRIEFLY if choice.brevity > 1 else frozenset())
    for line in lines:
        pair = _pair(line.move, available, choice)
        if pair is None:
            if line.must:
                return None
            continue
        for tone, wording in pair.items():
            chosen[tone].append(wording)
            available -= wording.slots & ONCE
            available -= TROUBLE if wording.slots & TROUBLE else frozenset()
    return {tone: _join(wordings, slots, choice.variant) for tone, wordings in chosen.items()}


def _pair(move: Move, available: frozenset[str], choice: Choice) -> dict[Tone, Wording] | None:
    """The fullest set of slots that both tones can fill; wordings not yet used in the case come first."""
    wordings = move.told_of(choice.family)
    if not wordings:
        return None
    free = {tone: [w for w in wordings[tone, choice.variant] if w.slots <= available] for tone in Tone}
    if choice.barred:
        free = {tone: [w for w in some if w.id not in choice.barred] for tone, some in free.items()}
    shared = set.intersection(*({w.slots for w in some} for some in free.values()))
    if not shared:
        return None
    fresh = shared
    if choice.picky:
        unspent = ({w.slots for w in some if not choice.spent(w)} for some in free.values())
        fresh = shared.intersection(*unspent) or shared
    best = max(fresh, key=lambda slots: (len(slots), sorted(slots)))
    ordered = move.kind in _IN_ORDER
    return {tone: _pick([w for w in free[tone] if w.slots == best], choice, ordered=ordered) for tone in Tone}


_IN_ORDER = (MoveKind.REMEDY, MoveKind.ASK)
"""The kinds whose wordings are different things to do or to ask: the first is the best."""


def _pick(wordings: list[Wording], choice: Choice, *, ordered: bool) -> Wording:
    unused = wordings
    if choice.picky:
        unused = [w for w in wordings if not choice.spent(w)] or wordings
    if ordered:
        return unused[0]
    if choice.brevity:
        return min(unused, key=lambda wording: len(wording.text))
    return unused[crc32(f"{choice.seed}/{unused[0].id}".encode()) % len(unused)]


def _join(wordings: list[Wording], slots: Slots, variant: Variant) -> Worded:
    text, pieces, facts = "", [], {}
    for wording in wordings:
        text += _filled(wording, slots, variant)
        pieces.append((len(text), wording.id))
        facts.update({name: slots[name] for name in wording.slots})
    return Worded(text, tuple(facts[name] for name in sorted(facts)), tuple(w.id for w in wordings), tuple(pieces))


def plainer(lines: tuple[Line, ...]) -> tuple[Line, ...] | None:
    """Without the optional move or the second aside that matters least; None where there is none."""
    spare = max(lines, key=lambda line: line.rank)
    return tuple(line for line in lines if line is not spare) if spare.rank > _SIDE_RANK else None


def tighter(lines: tuple[Line, ...], choice: Choice) -> tuple[tuple[Line, ...], Choice] | None:
    """The next economy for a draft that is too long when its optional moves are gone.

    Many words go first, then asides, then the customer's own words, then what is known, and answers last
    of all. None where nothing is left to give up.
    """
    spare = max(lines, key=lambda line: line.rank)
    if choice.brevity == 0:
        return lines, replace(choice, brevity=1)
    if choice.brevity == 1 and spare.rank < _SIDE_RANK:
        return lines, replace(choice, brevity=2)
    return (tuple(line for line in lines if line is not spare), choice) if spare.rank else None


def shortest(lines: tuple[Line, ...], choice: Choice) -> tuple[tuple[Line, ...], Choice]:
    """The moves that a draft cannot do without and what is known, each in its shortest wording."""
    return tuple(line for line in lines if line.rank < _SIDE_RANK), replace(choice, brevity=1)


_SLOT = re.compile(r"(.?)\{(\w+)\}(?=(.?))", re.DOTALL)


def _filled(wording: Wording, slots: Slots, variant: Variant) -> str:
    """Taiwan sets a blank between Chinese and Latin letters or figures; the value itself stays as it is."""

    def value_of(found: re.Match[str]) -> str:
        before, name, after = found.groups()
        value = slots[name].text
        if variant is Variant.HANS:
            return before + value
        return before + " " * _meet(before, value[0]) + value + " " * _meet(after, value[-1])

    return _SLOT.sub(value_of, wording.text)


def _meet(outside: str, edge: str) -> bool:
    return bool(outside) and "\u4e00" <= outside <= "\u9fff" and edge.isascii() and edge.isalnum()
