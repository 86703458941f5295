"""What sales sees of an opportunity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.desk import Dossier
from bot.domain.opportunities import OpportunityRecord
from bot.ports import Content
from handlers.blocks import kit
from handlers.blocks.card import contract_lines, current_contracts
from handlers.blocks.words import Words


def opportunity(dossier: Dossier, record: OpportunityRecord, sales: Sequence[str], words: Words) -> Content:
    """The reason, the contract, the prices and the customer's own words, for the people of ``sales``."""
    people = " ".join(kit.mention(name) for name in sales)
    customer = kit.escape(words.customer(dossier))
    title = words("sales.title", people=people)
    reason = words("sales.reason", reason=words(record.reason))
    said = [m for m in dossier.messages if m.reading is not None][-1:]
    blocks = [
        kit.section(f"{title}\n*{customer}*　{reason}"),
        *contract_lines(dossier, words),
        *(kit.section(kit.quote(m.text, 400)) for m in said),
        kit.context(*_prices(dossier, words), words("sales.note")),
    ]
    return Content(f"{title} {words('sales.fallback', customer=customer)}", tuple(blocks))


def _prices(dossier: Dossier, words: Words) -> Iterator[str]:
    account = dossier.answer.account
    for contract in current_contracts(account.contracts.items) if account else ():
        if contract.renewal_price or contract.one_off_price:
            renewal, one_off = words.money(contract.renewal_price), words.money(contract.one_off_price)
            yield f"{kit.escape(contract.product)}　{words('sales.prices', renewal=renewal, one_off=one_off)}"
