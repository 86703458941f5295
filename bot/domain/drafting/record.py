"""Slots from the record of a case: what was done and when, what was promised, and what was decided."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Decision, Done, PromiseState, Speaker, Verdict
from bot.domain.drafting import phrasing
from bot.domain.drafting.estimates import once_price
from bot.domain.drafting.findings import found_in
from bot.domain.drafting.notes import alike, ground_of, spoken_to, terms_of, waived_in
from bot.domain.drafting.pledges import begins_then, is_an_act, matter_of
from bot.domain.drafting.quoting import clean, fits_variant
from bot.domain.drafting.situation import Flag
from bot.domain.drafting.sources import Found, Sources, local
from bot.domain.money import Money
from bot.domain.reading.model import Intent, Variant

MAX_CONDITIONS = 30
MAX_NAME = 16
MAX_PROMISE = 26
_LOGGED = {"engineer_at": Done.ENGINEER_ASKED, "boss_at": Done.ESCALATED, "waiver_at": Done.WAIVER_REQUESTED}


def logged(sources: Sources) -> Found:
    """When each step was taken for the customer, the newest of its kind."""
    case, policy = sources.case, sources.policy
    for slot, kind in _LOGGED.items():
        if kind is Done.ENGINEER_ASKED and sources.situation.flags & {Flag.FOUND, Flag.RESTORED}:
            continue  # what came of it was told since
        times = [action.at for action in case.actions if action.kind is kind and action.at and action.at <= case.now]
        if times:
            at, now = local(max(times), policy), local(case.now, policy)
            yield slot, phrasing.say_logged(at, now, sources.reading.variant), f"action:{kind}"


def found(sources: Sources) -> Found:
    yield "found", found_in(sources.case, sources.reading.variant), "agent:message"


# -- promises -----------------------------------------------------------------------------------------------------

_HAND_OVER = re.compile(
    r"(?:交|[給给]|提供|寄|[補补]|出具|[發发])(?:出|上|您)?的?([\u4e00-\u9fffA-Za-z]{2,14})(?:（[^）]*）)?$"
)


def promises(sources: Sources) -> Found:
    """``due`` is the nearest time that we said and that is still ahead; ``keeper`` who keeps it."""
    case, variant = sources.case, sources.reading.variant
    ahead = [
        (promise.due, index)
        for index, promise in enumerate(case.promises)
        if promise.due and promise.due > case.now and promise.state is PromiseState.OPEN
    ]
    if {Intent.BROKEN_PROMISE, Intent.PROGRESS_INQUIRY}.intersection(sources.reading.intents):
        yield from _missed(sources)
    if ahead:
        due, index = min(ahead)
        promise = case.promises[index]
        said = phrasing.say_time(local(due, sources.policy), local(case.now, sources.policy), variant)
        yield "due", said, f"promise:{index}/due"
        yield "due_by", said if begins_then(promise.text) else _by(said, variant), f"promise:{index}/due"
        yield "keeper", _name(promise.owner, variant), f"promise:{index}/owner"
        matter = matter_of(promise.text, MAX_PROMISE)
        if matter and fits_variant(matter, variant):
            yield "pledge" if is_an_act(matter) else "promise", matter, f"promise:{index}/text"


def _name(owner: str | None, variant: Variant) -> str | None:
    name = clean(owner, MAX_NAME) if owner else None
    return name if name and fits_variant(name, variant) else None


def _by(time: str, variant: Variant) -> str:
    return f"{time} 前" if variant is Variant.HANT else f"{time}前"


def _missed(sources: Sources) -> Found:
    """The newest promise that was not kept: for when it was, and what was to be handed over."""
    case, variant = sources.case, sources.reading.variant
    missed = [
        (promise.due, index)
        for index, promise in enumerate(case.promises)
        if promise.due and promise.due < case.now and promise.state is not PromiseState.KEPT
    ]
    if missed:
        due, index = max(missed)
        said = phrasing.say_missed(local(due, sources.policy), local(case.now, sources.policy), variant)
        yield "promised", said, f"promise:{index}/due"
        owed = _HAND_OVER.search(case.promises[index].text)
        yield "owed", owed[1] if owed and fits_variant(owed[1], variant) else None, f"promise:{index}/text"


# -- decisions ----------------------------------------------------------------------------------------------------


def decision(sources: Sources) -> Found:
    made, variant = sources.case.decision, sources.reading.variant
    if made is None or Flag.OVER_CAP in sources.situation.flags:
        return
    offer = phrasing.say_money(made.offer, variant) if made.offer and made.offer.amount > 0 else None
    yield "offer", offer, "decision:offer"
    yield "price", _reduced(sources, made), "decision:discount × once_price"
    if made.discount is not None:
        yield "discount", phrasing.say_discount(made.discount, variant), "decision:discount"
    conditions = clean(spoken_to(made.conditions, variant), MAX_CONDITIONS) if made.conditions else None
    conditions = conditions if conditions and fits_variant(conditions, variant) else None
    yield from _noted(sources.case, made, variant, conditions)


def _noted(case: Case, made: Decision, variant: Variant, conditions: str | None) -> Found:
    """Terms from the note; conditions only where they are not among them."""
    promised = tuple(promise.text for promise in case.promises if promise.state is PromiseState.OPEN)
    figure = f"{made.offer.amount.normalize():,f}" if made.offer else ""
    terms = terms_of(made.note, made.verdict, variant, (figure, *promised)) if made.note else None
    if terms:
        slot = "ways" if terms.priced and made.verdict is Verdict.DECLINE else "terms"
        yield slot, terms.words, "decision:note"
    if made.note and made.verdict is Verdict.APPROVE:
        said = "".join(message.text for message in case.messages if message.speaker is Speaker.CUSTOMER)
        yield "ground", ground_of(made.note, said, variant), "decision:note"
        yield "waived", waived_in(made.note, variant), "decision:note"
    if conditions and not (terms and alike(conditions, terms.words)):
        yield "conditions", conditions, "decision:conditions"


def _reduced(sources: Sources, made: Decision) -> str | None:
    """What is left to pay for doing it once, where the decision names a share of it and no sum."""
    once = once_price(sources.case, sources.situation.standing.contract)
    if made.offer or made.discount is None or once is None or not 0 < made.discount < 1:
        return None
    return phrasing.say_money(Money(once.amount * made.discount, once.currency), sources.reading.variant)
