"""A reading as the JSON that ``fencun read`` prints."""

from __future__ import annotations

from bot.domain.money import Money
from bot.domain.reading.model import Reading


def reading_json(reading: Reading) -> dict[str, object]:
    """The object of ``cli.md``, without the line's ``id``. Times are ISO 8601 with offset."""
    return {
        "variant": reading.variant.value,
        "intents": [intent.value for intent in reading.intents],
        "tactics": [tactic.value for tactic in reading.tactics],
        "amounts": [{**money_json(mention.money), "span": list(mention.span)} for mention in reading.amounts],
        "dates": [
            {
                "text": mention.text,
                "at": mention.at.isoformat() if mention.at else None,
                "precision": mention.precision.value,
                "before": mention.before,
                "span": list(mention.span),
                "ambiguous": mention.ambiguous,
            }
            for mention in reading.dates
        ],
        "evidence": [
            {"label": item.label.value, "span": list(item.span), "text": item.text} for item in reading.evidence
        ],
    }


def money_json(money: Money) -> dict[str, object]:
    """Whole amounts as integers; ``currency`` null where it was not said."""
    whole = money.amount == money.amount.to_integral_value()
    return {
        "amount": int(money.amount) if whole else float(money.amount),
        "currency": money.currency.value if money.currency else None,
    }
