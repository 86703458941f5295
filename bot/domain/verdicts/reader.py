"""Reads what a supervisor's answer decides about a request for an exception.

A wrong approval costs money and a wrong refusal a customer, so what is not clearly a decision is
``question`` or ``unclear``. How borderline answers are read:

    approve   可以 / OK / 👍 / 准 / 就照客服建議的給他 / 這次免費: what was asked, so no offer and no discount
    approve   可以，下不為例 / 下次照收: with ``once``; next time is not this time
    approve   可以，但要跟他說清楚: an instruction to us is no condition
    decline   不行 / 駁回 / 👎 / 照價收
    counter   給他打九折 / 只收 3000 / 只能送一個月 / 免費不行，半價可以: something else than what was asked
    counter   可以，但要先簽續約 / 如果他付清欠款就可以: a condition makes it a new offer
    question  可以嗎？ / 成本多少？ / 可以，但成本多少？
    unclear   應該可以吧 / 我再想想 / 問一下老闆 / 不是不行 / 你決定
    unclear   好啊，錢你出 (irony) / 客戶說可以 (somebody else's word)
"""

from __future__ import annotations

from bot.domain.reading.matcher import Hit
from bot.domain.verdicts.answer import Answer
from bot.domain.verdicts.lexicon import Mark, VerdictLexicon
from bot.domain.verdicts.model import VerdictKind, VerdictReading
from bot.domain.verdicts.terms import Terms

MAX_ANSWER = 2000
"""Longer answers are read up to here."""


def read_verdict(text: str, lexicon: VerdictLexicon) -> VerdictReading:
    """Never raises. An empty answer is unclear."""
    answer = Answer(text[:MAX_ANSWER], lexicon)
    if answer.has(Mark.IRONIC):
        return VerdictReading(VerdictKind.DECLINE if _only_refuses(answer) else VerdictKind.UNCLEAR)
    if answer.has(Mark.DEFERS) or (answer.has(Mark.HEDGES) and not answer.decisive):
        return VerdictReading(VerdictKind.QUESTION if _asks_beside_hedging(answer) else VerdictKind.UNCLEAR)
    if _asks(answer):
        return VerdictReading(VerdictKind.QUESTION)
    return _decided(answer, Terms(answer))


def _decided(answer: Answer, terms: Terms) -> VerdictReading:
    offer, discount, conditions = terms.offer(), terms.discount(), terms.conditions()
    kind = _kind(answer, priced=bool(offer or discount is not None), conditional=bool(conditions))
    if kind is VerdictKind.UNCLEAR and answer.has(Mark.DEMANDS):
        return VerdictReading(VerdictKind.QUESTION)
    if not kind.decided or kind is VerdictKind.DECLINE:
        return VerdictReading(kind)
    if kind is VerdictKind.COUNTER and not conditions and not offer and discount is None:
        granted = answer.first(Mark.COUNTERS) or answer.first(Mark.APPROVES)
        conditions = terms.granted_instead(granted) if granted else None
    return VerdictReading(kind, offer, discount, terms.once(), conditions)


def _kind(answer: Answer, *, priced: bool, conditional: bool) -> VerdictKind:
    approves, declines = answer.first(Mark.APPROVES), answer.first(Mark.DECLINES)
    if priced or answer.first(Mark.COUNTERS):
        return VerdictKind.COUNTER
    if conditional:
        return _kind_of_conditional(answer, approves, declines)
    if approves and declines:
        return VerdictKind.COUNTER if _grants_part(answer, approves, declines) else VerdictKind.UNCLEAR
    if approves is None and declines is None:
        return VerdictKind.UNCLEAR
    if _leaves_a_part_open(answer):
        return VerdictKind.COUNTER if approves else VerdictKind.UNCLEAR
    if approves:
        return VerdictKind.UNCLEAR if _open_contrast(answer, approves) else VerdictKind.APPROVE
    return VerdictKind.UNCLEAR if answer.has(Mark.CONCEDES) else VerdictKind.DECLINE


def _kind_of_conditional(answer: Answer, approves: Hit[Mark] | None, declines: Hit[Mark] | None) -> VerdictKind:
    """「駁回。請客戶先續約」 refuses, 「不續約就不給」 offers."""
    if approves or answer.has(Mark.CONDITION_END):
        return VerdictKind.COUNTER
    if declines is None:
        return VerdictKind.UNCLEAR
    first = min(hit.span for hit in answer.hits if hit.item is Mark.CONDITION)
    return VerdictKind.COUNTER if first < declines.span or answer.has(Mark.SUPPOSES) else VerdictKind.DECLINE


def _grants_part(answer: Answer, approves: Hit[Mark], declines: Hit[Mark]) -> bool:
    """「出勤費可以免，但零件不行」, 「免費不行，半價可以」, 「工費免，配件照價」."""
    granted, refused = answer.clause(approves), answer.clause(declines)
    if granted == refused:
        return False
    parts = answer.marked(Mark.PARTS, granted) and answer.marked(Mark.PARTS, refused)
    return parts or answer.has(Mark.CONTRAST) or declines.span < approves.span


def _leaves_a_part_open(answer: Answer) -> bool:
    """「零件錢他出，工錢我們吸收」: one part is decided; another is named, and not known to go the same way."""
    named = {answer.clause(hit) for hit in answer.hits if hit.item is Mark.PARTS}
    decided = {answer.clause(hit) for hit in answer.decisive}
    return bool(named & decided) and bool(named - decided)


def _open_contrast(answer: Answer, approves: Hit[Mark]) -> bool:
    """「可以，但是…」 with a remark that is neither instruction nor word about next time."""
    contrast = next((h for h in answer.hits if h.item is Mark.CONTRAST and h.span[0] >= approves.span[0]), None)
    settled = (Mark.INSTRUCTS, Mark.ONCE)
    return contrast is not None and not any(h.item in settled and h.span[1] > contrast.span[0] for h in answer.hits)


def _asks(answer: Answer) -> bool:
    """A refusal after the last question answers it: 「他說答應過？我不批」."""
    asked = [h.span[0] for h in answer.hits if h.item is Mark.ASKS]
    asked += [at for at, char in enumerate(answer.plain) if char == "?"]
    refusal = answer.first(Mark.DECLINES)
    return bool(asked) and not (refusal and not answer.first(Mark.APPROVES) and refusal.span[0] > max(asked))


def _only_refuses(answer: Answer) -> bool:
    """「我們又不是做慈善的，不批」"""
    refuses = bool(answer.decisive) and all(hit.item is Mark.DECLINES for hit in answer.decisive)
    return refuses and not any(answer.has(mark) for mark in (Mark.DEFERS, Mark.CONDITION, Mark.CONCEDES))


def _asks_beside_hedging(answer: Answer) -> bool:
    """「我想想，成本多少？」 wants an answer; 「應該可以吧？」 does not."""
    hedged = {answer.clause(h) for h in answer.hits if h.item in (Mark.DEFERS, Mark.HEDGES)}
    asked = {answer.clause(h) for h in answer.hits if h.item is Mark.ASKS}
    return not answer.decisive and bool({clause for clause in asked if clause[0] < clause[1]} - hedged)
