"""How cases are merged and split: pure changes of their records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases import Fault, Triage
from bot.domain.desk import CaseRecord, CaseStatus, MessageRecord


def merged(target: CaseRecord, source: CaseRecord) -> tuple[CaseRecord, CaseRecord]:
    """Both records once ``source`` went into ``target``: what the target does not know yet, it takes over.

    Messages, drafts and the like follow in the store. Raises ``ValueError`` where they cannot be one case.
    """
    if source.id == target.id or source.channel != target.channel:
        raise ValueError("only different cases of one channel can be merged")
    newer = source if source.last_customer_at > target.last_customer_at else target
    whole = replace(
        target,
        opened_at=min(target.opened_at, source.opened_at),
        last_customer_at=newer.last_customer_at,
        variant=newer.variant,
        customer_id=target.customer_id or source.customer_id,
        agent=target.agent or source.agent,
        triage=source.triage if target.triage == Triage() else target.triage,
        fault=source.fault if target.fault is Fault.UNKNOWN else target.fault,
        history_checked=target.history_checked or source.history_checked,
        status=CaseStatus.OPEN,
    )
    return whole, replace(source, status=CaseStatus.MERGED, merged_into=target.id)


def split_points(messages: Sequence[MessageRecord]) -> tuple[MessageRecord, ...]:
    """The messages from which a case may be split: customers', and not the first of all."""
    return tuple(message for message in messages[1:] if message.reading is not None)


def split_off(case: CaseRecord, messages: Sequence[MessageRecord], ts: str, new_id: str) -> CaseRecord | None:
    """The case that the messages from ``ts`` on make up; None where it cannot begin there.

    Replies to it go into the thread in which its first message stands.
    """
    first = next((message for message in split_points(messages) if message.ts == ts), None)
    if first is None:
        return None
    last = next(message for message in reversed(messages) if message.reading is not None)
    assert last.reading is not None, "a customer's message was read"
    return CaseRecord(
        id=new_id,
        team=case.team,
        channel=case.channel,
        thread_ts=first.ts,
        reply_ts=first.thread_ts,
        opened_at=first.at,
        last_customer_at=last.at,
        variant=last.reading.variant,
        customer_id=case.customer_id,
        agent=case.agent,
    )


def remaining(case: CaseRecord, staying: Sequence[MessageRecord]) -> CaseRecord:
    """The case once others of its messages went away."""
    last = next((message for message in reversed(staying) if message.reading is not None), None)
    if last is None or last.reading is None:
        return case
    return replace(case, last_customer_at=last.at, variant=last.reading.variant)
