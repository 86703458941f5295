"""What the script writers' files say, as values: moves, plays, take-ups, and an index over them.

A *move* is one thing to say, in several wordings. A *play* is an ordered list of moves for a situation.
A *take-up* is one move that answers one particular thing a customer wrote, and joins whatever play applies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.cases import Case, Done, Fault, Severity, Verdict
from bot.domain.drafting.cues import Cues
from bot.domain.drafting.families import Families, Family
from bot.domain.drafting.model import Stage, Tone
from bot.domain.drafting.situation import Branch, Comparison, Flag, Situation
from bot.domain.reading.model import Intent, Tactic, Variant

Label = Intent | Tactic
_ASKING = re.compile(
    "[?？嗎吗呢誰谁]|怎[麼么]|多久|[幾几][點点]|有[沒没]有|能不能|要不要|可不可以|[會会]不[會会]|是不是"
)


class MoveKind(StrEnum):
    """What a move does in the conversation."""

    ACKNOWLEDGE = "acknowledge"
    ASK = "ask"
    FACT = "fact"
    LIMIT = "limit"
    """What can and cannot be done (rule 33)."""
    REASON = "reason"
    OPTION = "option"
    REMEDY = "remedy"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Wording:
    """``id`` is stable as long as the wording keeps its place in its file."""

    id: str
    text: str
    slots: frozenset[str]
    core: str
    """Its longest part between slots: by it a wording is known again in what was said."""


Wordings = Mapping[tuple[Tone, Variant], tuple[Wording, ...]]


@dataclass(frozen=True, slots=True)
class Move:
    """Every set of slots occurs in both tones and both variants, so that the tones can state the same facts."""

    id: str
    kind: MoveKind
    wordings: Wordings
    """Empty where the move is said about certain families of trouble only."""
    about: Mapping[Family, Wordings] = field(default_factory=dict)

    def told_of(self, family: Family | None) -> Wordings:
        return self.about.get(family, self.wordings) if family else self.wordings


@dataclass(frozen=True, slots=True)
class When:
    """Each condition holds if it is empty or has the situation's value; labels hold if any of them is there."""

    stages: frozenset[Stage] = frozenset()
    intents: frozenset[Intent] = frozenset()
    tactics: frozenset[Tactic] = frozenset()
    without: frozenset[Label] = frozenset()
    states: frozenset[str] = frozenset()
    faults: frozenset[Fault] = frozenset()
    verdicts: frozenset[Verdict] = frozenset()
    severities: frozenset[Severity] = frozenset()
    branches: frozenset[Branch] = frozenset()
    comparisons: frozenset[Comparison] = frozenset()
    concerns: frozenset[str] = frozenset()
    unconcerned: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    done: frozenset[Done] = frozenset()
    undone: frozenset[Done] = frozenset()
    flags: frozenset[Flag] = frozenset()
    unflagged: frozenset[Flag] = frozenset()
    needs: frozenset[str] = frozenset()
    """Slots that must have a value."""

    @property
    def labels(self) -> frozenset[Label]:
        return self.intents | self.tactics

    @property
    def specificity(self) -> int:
        """How many conditions are set: of two plays with one priority the more specific one applies."""
        return sum(bool(getattr(self, name)) for name in self.__slots__)

    def holds(self, situation: Situation, available: frozenset[str]) -> bool:
        return (
            _allows(self.stages, situation.stage)
            and (not self.intents or not self.intents.isdisjoint(situation.intents))
            and (not self.tactics or not self.tactics.isdisjoint(situation.tactics))
            and self.without.isdisjoint(situation.intents | situation.tactics)
            and _allows(self.states, situation.state)
            and _allows(self.faults, situation.fault)
            and _allows(self.verdicts, situation.verdict)
            and _allows(self.severities, situation.severity)
            and _allows(self.branches, situation.branch)
            and _allows(self.comparisons, situation.comparison)
            and (not self.concerns or not self.concerns.isdisjoint(situation.concerns))
            and self.unconcerned.isdisjoint(situation.concerns)
            and (not self.questions or not self.questions.isdisjoint(situation.questions))
            and self.done <= situation.done
            and self.undone.isdisjoint(situation.done)
            and self.flags <= situation.flags
            and self.unflagged.isdisjoint(situation.flags)
            and self.needs <= available
        )


def _allows(allowed: frozenset[object], value: object) -> bool:
    return not allowed or value in allowed


class Need(StrEnum):
    """How badly a play wants a move; the value is the mark behind the move's name in a file."""

    ALWAYS = ""
    IF_KNOWN = "~"
    """Said wherever its slots have values; never given up for room."""
    IF_ROOM = "?"


@dataclass(frozen=True, slots=True)
class Step:
    move: Move
    need: Need = Need.ALWAYS


class PlayKind(StrEnum):
    """``chat`` is the reply itself; the others are texts for other readers, asked for by name."""

    CHAT = "chat"
    MEMO = "memo"
    STATUS = "status"
    FACE_SAVING = "face_saving"
    EXECUTIVE = "executive"
    FORMAL_SUBJECT = "formal_subject"
    FORMAL_OPENING = "formal_opening"
    FORMAL_DEALINGS = "formal_dealings"
    FORMAL_CAUSE = "formal_cause"
    FORMAL_SOLUTION = "formal_solution"
    FORMAL_PREVENTION = "formal_prevention"


@dataclass(frozen=True, slots=True)
class Play:
    id: str
    when: When
    steps: tuple[Step, ...]
    priority: int = 50
    kind: PlayKind = PlayKind.CHAT
    opening: int = 0
    """How much its own first line weighs: a lighter opening take-up does not replace it."""
    takes_up: frozenset[Label] = frozenset()
    """Labels that need no take-up beside this play."""


class Place(StrEnum):
    ADDRESS = "address"
    """In front of everything: whom we speak to."""
    OPEN = "open"
    """At the front, in place of the play's own acknowledgement."""
    KNOWN = "known"
    """Behind what the reply opens with: what is known of the case, as far as the play does not say it."""
    ANSWER = "answer"
    """Right behind what the reply opens with: what was asked is answered first."""
    SIDE = "side"
    """Before the next step."""
    NEXT = "next"
    """In place of the play's own next step."""


@dataclass(frozen=True, slots=True)
class TakeUp:
    id: str
    when: When
    move: Move
    place: Place
    weight: int = 50
    takes_up: frozenset[Label] = frozenset()
    """Labels that need no aside beside it, where it opens."""
    instead: frozenset[str] = frozenset()
    """Moves of the play that need not be said beside it."""


@dataclass(frozen=True)
class Playbook:
    """All plays and take-ups. A lookup visits only what is filed under the stage and labels of the situation."""

    plays: tuple[Play, ...]
    take_ups: tuple[TakeUp, ...]
    families: Families = field(default_factory=Families)
    concerns: Cues = field(default_factory=Cues)
    pressing: frozenset[str] = frozenset()
    """The concerns of those who are held up while we speak."""
    questions: Cues = field(default_factory=Cues)
    means: Mapping[str, Intent] = field(default_factory=dict)
    """What a question is about by itself; any other is one for help."""
    _plays: dict[tuple[PlayKind, Stage, Label | None], tuple[Play, ...]] = field(init=False, repr=False)
    _take_ups: dict[tuple[Stage, Label | None], tuple[TakeUp, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        plays: dict[tuple[PlayKind, Stage, Label | None], list[Play]] = {}
        for play in sorted(self.plays, key=play_rank):
            for stage, label in _keys(play.when):
                plays.setdefault((play.kind, stage, label), []).append(play)
        take_ups: dict[tuple[Stage, Label | None], list[TakeUp]] = {}
        for take_up in sorted(self.take_ups, key=take_up_rank):
            for key in _keys(take_up.when):
                take_ups.setdefault(key, []).append(take_up)
        object.__setattr__(self, "_plays", {key: tuple(found) for key, found in plays.items()})
        object.__setattr__(self, "_take_ups", {key: tuple(found) for key, found in take_ups.items()})

    def asks(self, case: Case) -> Intent | None:
        """What is wanted where one of the questions that we have an answer to is put to us.

        One that is about something of its own may be put as a demand; of others only a question asks for help.
        """
        asked = self.questions.of(case)
        for name, intent in self.means.items():
            if name in asked:
                return intent
        asking = asked and any(_ASKING.search(message.text) for message in case.unanswered)
        return Intent.SUPPORT_REQUEST if asking else None

    def heard(self, situation: Situation, case: Case) -> Situation:
        """``situation`` with what the customer's words show beside their labels."""
        concerns = self.concerns.of(case)
        urgent = {Flag.URGENT} if concerns & self.pressing else set()
        return replace(situation, concerns=concerns, questions=self.questions.of(case), flags=situation.flags | urgent)

    def play(self, situation: Situation, available: frozenset[str], kind: PlayKind = PlayKind.CHAT) -> Play | None:
        """The play of highest priority, then specificity, that applies."""
        best: Play | None = None
        for label in _labels(situation):
            for play in self._plays.get((kind, situation.stage, label), ()):
                if best is not None and play_rank(play) >= play_rank(best):
                    break
                if play.when.holds(situation, available):
                    best = play
                    break
        return best

    def matching_take_ups(self, situation: Situation, available: frozenset[str]) -> list[TakeUp]:
        """The take-ups that apply, weightiest first: for each label and place only the weightiest.

        Of what is known, everything; and every question that was asked is answered.
        """
        found: list[TakeUp] = []
        for label in _labels(situation):
            places: set[Place] = set()
            for take_up in self._take_ups.get((situation.stage, label), ()):
                if take_up.place not in places and take_up.when.holds(situation, available):
                    if take_up.place not in (Place.KNOWN, Place.ANSWER):
                        places.add(take_up.place)
                    if take_up not in found:
                        found.append(take_up)
        return sorted(found, key=take_up_rank)


def _labels(situation: Situation) -> Iterable[Label | None]:
    yield from sorted(situation.intents | situation.tactics)
    yield None


def _keys(when: When) -> Iterable[tuple[Stage, Label | None]]:
    """Tactics are looked up under an intent where a play asks for both."""
    labels: Iterable[Label | None] = sorted(when.intents) or sorted(when.tactics) or [None]
    return [(stage, label) for stage in sorted(when.stages or set(Stage)) for label in labels]


def play_rank(play: Play) -> tuple[int, int, str]:
    """The least comes first; that the id decides is chance, and ``review`` tells where it does."""
    return -play.priority, -play.when.specificity, play.id


def take_up_rank(take_up: TakeUp) -> tuple[int, int, str]:
    """As ``play_rank``."""
    return -take_up.weight, -take_up.when.specificity, take_up.id
