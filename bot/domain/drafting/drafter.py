"""Drafts an answer to a case: the stage, two drafts in two tones, and what to do next. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.domain.cases import Case, Speaker
from bot.domain.drafting.compose import Choice, Line, Worded, lines_of, plainer, shortest, tighter, word
from bot.domain.drafting.dialogue import in_dialogue
from bot.domain.drafting.factlock import lock
from bot.domain.drafting.model import Draft, DraftSet, Fact, Stage, Tone
from bot.domain.drafting.plays import Playbook, PlayKind
from bot.domain.drafting.proposals import propose
from bot.domain.drafting.situation import UNREAD, Flag, Situation, situation_of
from bot.domain.drafting.slots import OUR_WORDS, QUOTED, Slots, slots_of
from bot.domain.drafting.sources import Sources
from bot.domain.drafting.standing import contract_standing
from bot.domain.lint.context import LintContext
from bot.domain.lint.model import Finding, Level
from bot.domain.policy import Policy
from bot.domain.reading.calendar import CountryCalendar
from bot.domain.reading.context import ContextReading
from bot.domain.reading.model import Reading

_ATTEMPTS = 24
_GLANCE = 130
"""Characters that are read at one glance in a chat: beyond them only what the case needs is said."""
_LONG = 145
"""Beyond them it is said in the shortest wordings."""


class Checks(Protocol):
    """What drafting needs of a linter."""

    def check(self, text: str, context: LintContext = ...) -> tuple[Finding, ...]: ...


class Drafter:
    """Reusable; the same case and reading always give the same drafts."""

    def __init__(self, plays: Playbook, linter: Checks, policy: Policy) -> None:
        self._plays = plays
        self._linter = linter
        self._policy = policy
        self._calendar = CountryCalendar(policy.country, policy.workday_end_hour)

    def draft(
        self,
        case: Case,
        reading: Reading,
        before: Reading | None = None,
        context: ContextReading = UNREAD,
        *,
        short: bool = False,
    ) -> DraftSet:
        """No drafts where nothing calls for a reply. Raises ``LooseFact`` rather than show an unsourced figure.

        ``before`` is the reading of the newest earlier customer message that carries a label, if there is one;
        ``context`` is what reading the message within its case came to; ``short`` leaves only the moves that the
        case needs, in the fewest words. The drafts are written in ``reading.variant``.
        """
        meant = in_dialogue(case, reading, before, asks=self._plays.asks(case))
        situation = self._situation(case, meant, context)
        found = self._standing(case, reading, meant, situation)
        if not meant.calls_for_reply and Flag.OPEN_QUESTION not in situation.flags:
            return found
        return replace(found, drafts=self._drafts(case, meant, situation, PlayKind.CHAT, short=short))

    def assess(
        self, case: Case, reading: Reading, before: Reading | None = None, context: ContextReading = UNREAD
    ) -> DraftSet:
        """What ``draft`` says of the case, without the drafts: a fifteenth of its cost."""
        meant = in_dialogue(case, reading, before)
        return self._standing(case, reading, meant, self._situation(case, meant, context))

    def letter(self, case: Case, reading: Reading, kind: PlayKind) -> tuple[Draft, ...]:
        """A text for another reader than the contact, in both tones: a memo for their boss, say.

        Same facts and locks as a reply, without its limit of length. Empty where no play applies.
        """
        return self._drafts(case, reading, self._situation(case, reading, UNREAD), kind)

    def _standing(self, case: Case, reading: Reading, meant: Reading, situation: Situation) -> DraftSet:
        contract = contract_standing(situation.standing, case.account)
        if not meant.calls_for_reply:
            return DraftSet(reading, contract, Stage.NONE)
        return DraftSet(reading, contract, situation.stage, proposals=propose(situation), missing=situation.missing)

    def _situation(self, case: Case, reading: Reading, context: ContextReading) -> Situation:
        return self._plays.heard(situation_of(case, reading, self._policy, context), case)

    def _drafts(
        self, case: Case, reading: Reading, situation: Situation, kind: PlayKind, *, short: bool = False
    ) -> tuple[Draft, ...]:
        slots = slots_of(Sources(case, reading, situation, self._policy, self._calendar))
        available = frozenset(slots)
        play = self._plays.play(situation, available, kind)
        if play is None:
            return ()
        chat = kind is PlayKind.CHAT
        take_ups = self._plays.matching_take_ups(situation, available) if chat else []
        room = self._policy.draft_max_chars if chat else None
        said = "\n".join(message.text for message in case.messages if message.speaker is Speaker.AGENT)
        choice = Choice(case.id, reading.variant, case.wordings_used, said, family=self._plays.families.of(case))
        lines = lines_of(play, take_ups)
        if short:
            lines, choice = shortest(lines, choice)
        return self._worded(lines, slots, choice, case, room)

    def _worded(
        self, lines: tuple[Line, ...], slots: Slots, choice: Choice, case: Case, room: int | None
    ) -> tuple[Draft, ...]:
        """Economises until there is room, and walks on from wordings that the lint blocks."""
        drafts: tuple[Draft, ...] = ()
        context = LintContext.of(case, self._policy)
        for _ in range(_ATTEMPTS):
            tones = word(lines, slots, choice)
            if tones is None:
                break
            longest = max(len(worded.text) for worded in tones.values())
            if room is not None and longest > min(room, _GLANCE) and (fewer := plainer(lines)):
                lines = fewer
                if longest > room:  # far too long: both economies at once
                    choice = replace(choice, brevity=max(choice.brevity, 1))
                continue
            if room is not None and longest > min(room, _LONG) and choice.brevity == 0:
                choice = replace(choice, brevity=1)
                continue
            if room is not None and longest > room and (economy := tighter(lines, choice)):
                lines, choice = economy
                continue
            drafts = tuple(self._checked(tone, worded, context) for tone, worded in tones.items())
            blocked = {draft.tone: _blocked(draft) for draft in drafts}
            if not any(blocked.values()):
                break
            retold = {name for name in (QUOTED | OUR_WORDS) & slots.keys() if _offends(slots[name], blocked)}
            if retold:  # somebody's own words offend, whatever stands around them
                slots = {name: fact for name, fact in slots.items() if name not in retold}
                continue
            bad = {tones[tone].wording_at(found.span[0]) for tone, findings in blocked.items() for found in findings}
            choice = replace(choice, barred=choice.barred | bad)
        return drafts

    def _checked(self, tone: Tone, worded: Worded, context: LintContext) -> Draft:
        lock(worded.text, worded.facts)
        return Draft(tone, worded.text, worded.facts, self._linter.check(worded.text, context), worded.wordings)


def _blocked(draft: Draft) -> list[Finding]:
    return [finding for finding in draft.findings if finding.severity is Level.BLOCK]


def _offends(fact: Fact, blocked: dict[Tone, list[Finding]]) -> bool:
    return any(
        fact.text in found.text or found.text in fact.text for findings in blocked.values() for found in findings
    )
