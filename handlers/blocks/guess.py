"""What an unclear answer was taken for, carried by the button that confirms it."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

from bot.domain.cases import Decision, Verdict
from bot.domain.money import Currency, Money
from handlers.blocks.kit import clip
from handlers.shapes import ident, mapping, stamp, words

MAX_WORDS = 500
"""Slack allows 2000 characters in a button's value."""


def write(escalation_id: str, ts: str, offered: Decision | None) -> str:
    """``ts`` is where the unclear words stand."""
    value: dict[str, object] = {"escalation": escalation_id, "ts": ts}
    if offered is not None:
        offer = offered.offer
        value |= {
            "verdict": offered.verdict.value,
            "amount": str(offer.amount) if offer else None,
            "currency": offer.currency.value if offer and offer.currency else None,
            "share": str(offered.discount) if offered.discount is not None else None,
            "once": offered.once,
            "conditions": clip(offered.conditions, MAX_WORDS) if offered.conditions else None,
            "note": clip(offered.note or "", MAX_WORDS),
        }
    return json.dumps(value, ensure_ascii=False)


def read(value: str) -> tuple[str, str, Decision | None]:
    """The escalation, where the words stand, and what they were taken for; nothing of what was not written here."""
    try:
        given = mapping(json.loads(value))
    except ValueError:
        given = {}
    verdict, once = words(given.get("verdict")), given.get("once")
    decision = None
    if verdict in set(Verdict):
        decision = Decision(
            verdict=Verdict(verdict),
            note=words(given.get("note")) or None,
            offer=_money(words(given.get("amount")), words(given.get("currency"))),
            discount=_decimal(words(given.get("share"))),
            once=once if isinstance(once, bool) else None,
            conditions=words(given.get("conditions")) or None,
        )
    return ident(given.get("escalation")), stamp(given.get("ts")), decision


def _money(amount: str, currency: str) -> Money | None:
    figure = _decimal(amount)
    return None if figure is None else Money(figure, Currency(currency) if currency in set(Currency) else None)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
