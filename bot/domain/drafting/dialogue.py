"""What a message means within its conversation, where it says too little by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases import Case, Done, Speaker
from bot.domain.drafting.ladder import SALES_INTENTS
from bot.domain.drafting.notes import tells_a_matter
from bot.domain.drafting.quoting import TROUBLED
from bot.domain.reading.model import Intent, Reading

_ASKED = re.compile(r"[？?]|[請请][您你]?(?:先)?(?:[給给]|提供|告[訴诉]|[說说]明|列|[補补]|指定)|麻[煩烦][您你]|方便")
_SETTLED = re.compile(
    r"[謝谢]|感恩|辛苦|多[謝谢]|[沒没]事了|解[決决]了|[沒没][問问][題题]了|可以了|正常了|好了|不用了|收到|了解|明白|^\W*(?:好|好的|嗯+|哦+|喔+|ok)\W*$",
    re.IGNORECASE,
)

QUESTION = re.compile(
    r"[?？]|[嗎吗]\W*$|呢\W*$|怎[麼么]|多久|[幾几][點点]|[誰谁]|哪[裡里個个天]|什[麼么]|有[沒没]有|能不能|要不要|可不可以|[會会]不[會会]|是不是|能否|可否"
)
_DEMAND = re.compile(
    r"[請请](?![假客])|麻[煩烦](?!了?[你您])|[給给][我個个]|我[們们]?(?:要|需要|希望)|(?:快|趕快|赶快|[儘尽]快)[點点]?.|[幫帮](?:我|忙|[個个])"
)
_WORRY = re.compile(r"[擔担]心|不放心|怪怪|(?:很|好|就|我)怕|不安|[別别](?:到[時时]|又)|怎[麼么](?:回事|會|会)")
_CLOSING = re.compile(
    r"[謝谢]|感恩|辛苦|收到|了解|明白|[沒没](?:事|[問问][題题])了?|好的|不用了|^\W*(?:好|嗯|ok)", re.IGNORECASE
)
_SMALL_TALK = re.compile(
    r"吃[飽饱飯饭]了?|天[氣气]|[週周]末|新年|佳[節节]|最近好|[還还]好[嗎吗]|好久不[見见]|在忙|[早午晚]安|放假|[認认][識识]"
)


def wants_an_answer(case: Case) -> bool:
    """Whether the customer's newest messages ask, demand or worry, rather than thank us or pass the time of day."""
    said = [message.text for message in case.unanswered if not _SMALL_TALK.search(message.text)]
    return any(
        QUESTION.search(text) or ((_DEMAND.search(text) or _WORRY.search(text)) and not _CLOSING.search(text))
        for text in said
    )


def answers_us(case: Case) -> bool:
    """Whether the newest message answers something that we asked, rather than settling the matter."""
    if len(case.messages) < 2:  # noqa: PLR2004 - a question and its answer
        return False
    asked, answer = case.messages[-2:]
    return (
        asked.speaker is Speaker.AGENT
        and answer.speaker is Speaker.CUSTOMER
        and bool(_ASKED.search(asked.text))
        and bool(answer.text.strip())
        and not _SETTLED.search(answer.text)
    )


_MANNER = frozenset({Intent.SERVICE_COMPLAINT, Intent.PROGRESS_INQUIRY, Intent.MANAGER_REQUEST})
"""About how a matter is dealt with, not a matter of their own."""


def in_dialogue(case: Case, reading: Reading, before: Reading | None, *, asks: Intent | None = None) -> Reading:
    """``reading`` with what the customer wanted ``before``, where it wants nothing of its own.

    An answer to us carries on the matter it answers, and so does bare pressure: who only threatens, asks again or
    gives a last word still means what they came for. So does whatever is said while a decision waits to be told.
    ``asks`` is what a question put to us is about: it calls for a reply whatever was read, and one about a contract
    is about nothing owed. When something will be ready, asked at the very first, is no question about progress.
    """
    if asks in SALES_INTENTS and _BARGAINING.issuperset(reading.intents) and not _amends(case):
        kept = (intent for intent in reading.intents if intent is not asks and intent in SALES_INTENTS)
        return replace(reading, intents=(asks, *kept))
    if before is None and Intent.PROGRESS_INQUIRY in reading.intents and _first_report(case):
        others = (intent for intent in reading.intents if intent is not Intent.PROGRESS_INQUIRY)
        return replace(reading, intents=tuple(dict.fromkeys((Intent.SUPPORT_REQUEST, *others))))
    if before is not None and reading.intents and _MANNER.issuperset(reading.intents):
        return replace(reading, intents=_pressed_on(case, reading, before))
    carries_on = reading.tactics or answers_us(case) or _waits_for_the_decision(case)
    if before is not None and not reading.intents and carries_on:
        return replace(reading, intents=_wanted(case, before))
    if asks and not reading.calls_for_reply:
        return replace(reading, intents=(asks,))
    return reading


def _first_report(case: Case) -> bool:
    """Whether the customer reports trouble in a case in which nothing was begun yet."""
    begun = case.promises or case.actions or any(said.speaker is Speaker.AGENT for said in case.messages)
    return not begun and any(TROUBLED.search(message.text) for message in case.unanswered)


_AMENDS = re.compile(r"[補补賠赔退]|[損损]失|停[了機机]|故障|道歉|[誠诚]意")


def _amends(case: Case) -> bool:
    """Whether money is asked for what went wrong, or what it costs to mend, rather than for a contract."""
    opened = case.decision is not None or case.triage.hours is not None
    return opened or any(_AMENDS.search(message.text) for message in case.unanswered)


_BARGAINING = SALES_INTENTS - {Intent.RENEWAL_DECLINE} | {Intent.COMPENSATION_REQUEST, Intent.PROGRESS_INQUIRY}
"""What talk of a price or of a contract's end is easily taken for."""


_MONEY = frozenset({Intent.DAMAGE_CLAIM, Intent.COMPENSATION_REQUEST})


def _pressed_on(case: Case, reading: Reading, before: Reading) -> tuple[Intent, ...]:
    """Who asks when, of a sum or of what was decided, asks for that; of a promise, for what was promised."""
    asks_for_it = case.decision is not None or not _MONEY.isdisjoint(before.intents)
    if not asks_for_it or any(tells_a_matter(promise.text) for promise in case.promises):
        return reading.intents
    return tuple(intent for intent in Intent if intent in {*reading.intents, *before.intents})


def _waits_for_the_decision(case: Case) -> bool:
    last = case.messages[-1] if case.messages else None
    spoke = last is not None and last.speaker is Speaker.CUSTOMER and bool(last.text.strip())
    return case.decision is not None and last is not None and spoke and not _SETTLED.search(last.text)


def _wanted(case: Case, before: Reading) -> tuple[Intent, ...]:
    """Where a waiver was asked for, not to pay is what it is all about."""
    return (Intent.FREE_SERVICE,) if case.did(Done.WAIVER_REQUESTED) else before.intents


def carried_on(readings: Sequence[Reading]) -> Reading | None:
    """The newest of ``readings`` that brings a matter up, else the newest with any label: what later ones are about."""
    matters = (reading for reading in reversed(readings) if not _MANNER.issuperset(reading.intents))
    return next(matters, None) or next((reading for reading in reversed(readings) if reading.calls_for_reply), None)
