"""What an unclear answer of a supervisor most likely decides, to be asked back: never to be taken for their word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.domain.discounts import find_discount
from bot.domain.money import Money
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise
from bot.domain.verdicts import VerdictKind, VerdictLexicon, VerdictReading, read_verdict

_CLAUSE = re.compile(r"[，,。；;！!\n]+")
_MOST_CLAUSES = 12


def guess_verdict(text: str, lexicon: VerdictLexicon) -> VerdictReading | None:
    """The one decision that clauses of ``text`` make when each stands alone, with every sum and share it names.

    None where no clause decides and nothing is named, or where two clauses decide differently.
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()][:_MOST_CLAUSES]
    decided = [found for found in (read_verdict(c, lexicon) for c in clauses) if found.verdict.decided]
    kinds = {found.verdict for found in decided}
    if len(kinds) > 1:
        return None
    offer, discount = _offer(decided, text), _discount(decided, text)
    if not kinds and offer is None and discount is None:
        return None
    if kinds == {VerdictKind.DECLINE}:
        return VerdictReading(VerdictKind.DECLINE)
    named = offer is not None or discount is not None or VerdictKind.COUNTER in kinds
    return VerdictReading(
        VerdictKind.COUNTER if named else VerdictKind.APPROVE,
        offer,
        discount,
        True if any(found.once for found in decided) else None,
        next((found.conditions for found in decided if found.conditions), None),
    )


def _offer(decided: Sequence[VerdictReading], text: str) -> Money | None:
    said = [found.offer for found in decided if found.offer]
    return said[-1] if said else next((found.money for found in find_amounts(text)), None)


def _discount(decided: Sequence[VerdictReading], text: str) -> Decimal | None:
    said = [found.discount for found in decided if found.discount is not None]
    return said[-1] if said else next((found.share for found in find_discount(normalise(text))), None)
