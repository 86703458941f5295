"""What sales sees of an opportunity, and what others see of its stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.desk import Dossier
from bot.domain.opportunities import OpportunityRecord, SalesStage
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.card import contract_lines, current_contracts
from handlers.blocks.words import Words

MAX_QUOTE, MAX_NOTE = 400, 300


def opportunity(dossier: Dossier, record: OpportunityRecord, sales: Sequence[str], words: Words) -> Content:
    """The reason, the contract, what it is worth, the customer's own words, and what can be done about it."""
    people = " ".join(kit.mention(name) for name in sales)
    customer = kit.escape(words.customer(dossier))
    title = words("sales.title", people=people)
    reason = words("sales.reason", reason=words(record.reason))
    said = [m for m in dossier.messages if m.reading is not None][-1:]
    blocks = [
        kit.section(f"{title}\n*{customer}*{words.gap}{reason}"),
        *contract_lines(dossier, words),
        *(kit.section(kit.quote(m.text, MAX_QUOTE)) for m in said),
        *_value(dossier, words),
        kit.section(_state(record, words)),
        *_buttons(record, words),
    ]
    return Content(f"{title} {words('sales.fallback', customer=customer)}", tuple(blocks))


def note(dossier: Dossier, record: OpportunityRecord, words: Words) -> Content:
    """In an escalation's thread: sales waits for a supervisor's word, or has it."""
    customer = kit.escape(words.customer(dossier))
    if record.hold:
        text = words("sales.waits", customer=customer, why=words(record.hold))
        return Content(text, (kit.section(text), kit.actions(_clear(record, words))))
    text = words("sales.cleared_by", by=kit.mention(record.cleared_by or ""))
    return Content(text, (kit.context(text),))


def held(dossier: Dossier, record: OpportunityRecord, link: str | None, words: Words) -> Content:
    why = words(record.hold or "hold.complaint")
    return _private("sales.held", dossier, link, words, why=why)


def cleared(dossier: Dossier, record: OpportunityRecord, link: str | None, words: Words) -> Content:
    return _private("sales.cleared", dossier, link, words, by=kit.mention(record.cleared_by or ""))


def reminder(dossier: Dossier, record: OpportunityRecord, link: str | None, words: Words) -> Content:
    return _private("sales.reminder", dossier, link, words, reason=words(record.reason))


def refused(record: OpportunityRecord, key: str, words: Words) -> Content:
    """Why a step cannot be taken, with how things stand."""
    text = f"{words(key)}\n{_state(record, words)}"
    return Content(text, (kit.section(text),))


def _private(key: str, dossier: Dossier, link: str | None, words: Words, **params: object) -> Content:
    text = words(key, customer=kit.escape(words.customer(dossier)), **params)
    text += f"{words.gap}<{link}|{words('sales.to_opportunity')}>" if link else ""
    return Content(text, (kit.section(text),))


def _state(record: OpportunityRecord, words: Words) -> str:
    if record.hold:
        return words("sales.hold", why=words(record.hold))
    stage = words(
        f"sales.stage.{record.stage.value}",
        by=kit.mention(record.taken_by) if record.taken_by else "",
        at=words.clock(record.moved_at) if record.moved_at else "",
        until=words.clock(record.remind_at) if record.remind_at else "",
    )
    why = f"{words.gap}{kit.escape(kit.clip(record.note, MAX_NOTE))}" if record.note else ""
    return stage + why


def _buttons(record: OpportunityRecord, words: Words) -> Iterator[kit.Block]:
    case = record.case_id
    take = kit.button(names.SALES_TAKE, words("button.take"), case, "primary")
    later = kit.button(names.SALES_LATER, words("button.later"), case)
    unsuitable = kit.button(names.SALES_UNSUITABLE, words("button.unsuitable"), case)
    won = kit.button(names.SALES_WON, words("button.won"), case, "primary")
    lost = kit.button(names.SALES_LOST, words("button.lost"), case)
    if record.closed:
        return
    if record.hold:
        yield kit.actions(_clear(record, words), unsuitable)
    elif record.stage is SalesStage.TAKEN:
        yield kit.actions(won, lost, later)
    elif record.stage is SalesStage.LATER:
        yield kit.actions(take, later, unsuitable)
    else:
        yield kit.actions(take, later, unsuitable)
        yield kit.context(words("sales.note"))


def _clear(record: OpportunityRecord, words: Words) -> kit.Block:
    return kit.button(names.SALES_CLEAR, words("button.clear"), record.case_id, "primary")


def _value(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    """The prices of each contract, as the CRM has them."""
    account = dossier.answer.account
    lines = []
    for contract in current_contracts(account.contracts.items) if account else ():
        if contract.renewal_price or contract.one_off_price:
            renewal, one_off = words.money(contract.renewal_price), words.money(contract.one_off_price)
            prices = words("sales.prices", renewal=renewal, one_off=one_off)
            lines.append(f"{kit.escape(contract.product)}{words.gap}{prices}")
    if account is not None and lines:
        source = words("sales.source", source=words.source(account.source), time=words.clock(account.as_of))
        yield kit.context(*lines, source)
