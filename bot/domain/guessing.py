"""What an unclear answer of a supervisor most likely offers, to be asked back: never to be taken for their word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.domain.discounts import find_discount
from bot.domain.money import Money
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind, VerdictReading
from bot.domain.verdicts.reader import read_verdict

_CLAUSE = re.compile(r"[，,。；;！!\n]+")
_MOST_CLAUSES = 12
_GRANTED = "OK, "
"""Before a clause, it lets the clause say on what terms."""


def guess_verdict(text: str, lexicon: VerdictLexicon) -> VerdictReading | None:
    """The terms that ``text`` names: 「大概八折吧，我還得問財務」 may mean 80 %.

    None where it names none, or where one of its clauses alone refuses: a bare yes or no is said again as quickly as
    it is confirmed, and 「好啊，錢你出」 was never one.
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()][:_MOST_CLAUSES]
    decided = [found for found in (read_verdict(c, lexicon) for c in clauses) if found.verdict.decided]
    offer, discount = _offer(decided, text), _discount(decided, text)
    refused = any(found.verdict is VerdictKind.DECLINE for found in decided)
    if refused or (offer is None and discount is None):
        return None
    granted = [read_verdict(_GRANTED + clause, lexicon) for clause in clauses]
    return VerdictReading(
        VerdictKind.COUNTER,
        offer,
        discount,
        True if any(found.once for found in granted) else None,
        next((found.conditions for found in granted if found.conditions), None),
    )


def _offer(decided: Sequence[VerdictReading], text: str) -> Money | None:
    said = [found.offer for found in decided if found.offer]
    return said[-1] if said else next((found.money for found in find_amounts(text)), None)


def _discount(decided: Sequence[VerdictReading], text: str) -> Decimal | None:
    said = [found.discount for found in decided if found.discount is not None]
    return said[-1] if said else next((found.share for found in find_discount(normalise(text))), None)
