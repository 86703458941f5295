"""Figures as people type them into forms."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize

from bot.domain.desk import Locale
from bot.domain.money import Currency, Money
from handlers.blocks import kit
from handlers.blocks.words import Words

MOST = Decimal(100_000_000)
"""More than any contract; beyond it, a figure is a slip."""

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")


def number(text: str) -> Decimal | None:
    """Any number: full-width digits, commas, signs of money and percent are understood; None for none."""
    plain = normalize("NFKC", text).strip().removeprefix("NT$").strip("$¥元%％ ").replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def figure(text: str) -> Decimal | None:
    """A number from nothing to ``MOST``; None for all else."""
    found = number(text)
    return found if found is not None and 0 <= found <= MOST else None


def share(text: str) -> Decimal | None:
    """A percentage of 0 to 100 as the share it is; None for what is none."""
    percent = figure(text)
    return percent / 100 if percent is not None and percent <= 100 else None  # noqa: PLR2004 - what percent means


def home_currency(side: Locale) -> Currency:
    """What is charged in on the side that serves a customer (``Locale.of_case``)."""
    return Currency.CNY if side is Locale.HANS else Currency.TWD


def currency_field(chosen: Currency, label: str, words: Words) -> kit.Block:
    options = [(currency.value, words(f"currency.{currency.value}")) for currency in Currency]
    element = kit.select("currency", words("form.choose"), options, chosen.value)
    return kit.field("currency", label, element)


def money(inputs: dict[str, str]) -> Money | None:
    """The amount of a form without faults, in its currency."""
    amount = figure(inputs.get("amount", ""))
    code = inputs.get("currency", "")
    return None if amount is None else Money(amount, Currency(code) if code in set(Currency) else None)
