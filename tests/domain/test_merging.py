"""Merging and splitting as pure changes of records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cases import Fault, Severity, Speaker, Triage
from bot.domain.desk import CaseRecord, CaseStatus, MessageRecord
from bot.domain.merging import merged, remaining, split_off, split_points
from bot.domain.reading.model import Reading, Variant

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TARGET = CaseRecord("target", "T", "C1", "1.0", NOW, NOW, Variant.HANT)
SOURCE = replace(
    TARGET,
    id="source",
    thread_ts="2.0",
    opened_at=NOW - timedelta(hours=2),
    last_customer_at=NOW + timedelta(hours=1),
    variant=Variant.HANS,
    customer_id="YF-1",
    agent="U1",
    triage=Triage(severity=Severity.HIGH),
    fault=Fault.OURS,
    history_checked=True,
)


def said(ts: str, minutes: int, *, ours: bool = False, variant: Variant = Variant.HANT, **more: str) -> MessageRecord:
    speaker = Speaker.AGENT if ours else Speaker.CUSTOMER
    reading = None if ours else Reading(variant)
    return MessageRecord("c", "C1", ts, "U", speaker, ts, NOW + timedelta(minutes=minutes), reading, **more)


def test_the_case_that_stays_takes_over_what_it_does_not_know() -> None:
    whole, gone = merged(TARGET, SOURCE)
    assert (whole.customer_id, whole.agent, whole.fault) == ("YF-1", "U1", Fault.OURS)
    assert whole.triage.severity is Severity.HIGH
    assert whole.history_checked
    assert (whole.opened_at, whole.last_customer_at) == (SOURCE.opened_at, SOURCE.last_customer_at)
    assert whole.variant is Variant.HANS, "as the customer wrote last"
    assert (gone.status, gone.merged_into) == (CaseStatus.MERGED, "target")


def test_what_it_knows_stays() -> None:
    known = replace(TARGET, customer_id="DM-1", agent="U2", triage=Triage(severity=Severity.LOW), fault=Fault.THEIRS)
    whole, _ = merged(known, SOURCE)
    assert (whole.customer_id, whole.agent, whole.fault) == ("DM-1", "U2", Fault.THEIRS)
    assert whole.triage.severity is Severity.LOW


@pytest.mark.parametrize("source", [TARGET, replace(SOURCE, channel="C2")])
def test_only_different_cases_of_one_channel_are_merged(source: CaseRecord) -> None:
    with pytest.raises(ValueError, match="different cases of one channel"):
        merged(TARGET, source)


def test_a_case_is_split_at_a_customers_message_that_is_not_its_first() -> None:
    messages = [said("1", 0), said("2", 1, ours=True), said("3", 2, variant=Variant.HANS), said("4", 3, ours=True)]
    assert [m.ts for m in split_points(messages)] == ["3"]
    new = split_off(SOURCE, messages, "3", "new")
    assert new is not None
    assert (new.id, new.thread_ts, new.reply_thread) == ("new", "3", "3")
    assert new.variant is Variant.HANS
    assert (new.customer_id, new.agent) == ("YF-1", "U1")
    assert new.triage == Triage(), "what was sized up was the old trouble"
    assert split_off(SOURCE, messages, "1", "new") is None
    assert split_off(SOURCE, messages, "2", "new") is None
    assert split_off(SOURCE, messages, "9", "new") is None


def test_a_case_split_off_inside_a_thread_is_answered_there() -> None:
    new = split_off(SOURCE, [said("1", 0), said("3", 2, thread_ts="1")], "3", "new")
    assert new is not None
    assert (new.thread_ts, new.reply_thread) == ("3", "1")


def test_what_remains_counts_from_its_own_last_word() -> None:
    left = remaining(SOURCE, [said("1", 0), said("2", 1, ours=True)])
    assert (left.last_customer_at, left.variant) == (NOW, Variant.HANT)
    assert remaining(SOURCE, [said("2", 1, ours=True)]) == SOURCE
