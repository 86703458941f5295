"""Anger and reminders: when sales may speak to a customer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.cases import Speaker
from bot.domain.commitments import PromiseRecord
from bot.domain.desk import CaseRecord, Dossier, MessageRecord
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent, Reading, Tactic, Variant
from bot.domain.renewals import Later, anger_in, reminder_at

TAIPEI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 20, 16, 30, tzinfo=TAIPEI)  # a Friday
HOUR = timedelta(hours=1)


def said(*labels: Intent | Tactic, at: datetime = NOW - HOUR) -> MessageRecord:
    reading = Reading(
        Variant.HANT,
        tuple(label for label in labels if isinstance(label, Intent)),
        tuple(label for label in labels if isinstance(label, Tactic)),
    )
    return MessageRecord("case_1", "C1", str(at.timestamp()), "U1CUST", Speaker.CUSTOMER, "……", at, reading)


def dossier(*messages: MessageRecord) -> Dossier:
    record = CaseRecord("case_1", "T1", "C1", "1.0", NOW, NOW, Variant.HANT)
    return Dossier(record, NOW, messages)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        (Tactic.INSULT, "hold.insult"),
        (Tactic.THREAT_SWITCH, "hold.threat"),
        (Tactic.THREAT_LEGAL, "hold.threat"),
        (Tactic.THREAT_EXPOSURE, "hold.threat"),
        (Tactic.THREAT_COMPLAINT, "hold.complaint"),
        (Intent.SERVICE_COMPLAINT, "hold.complaint"),
        (Intent.BROKEN_PROMISE, "hold.broken_promise"),
    ],
)
def test_an_angry_customer_is_no_customer_to_sell_to(label, why):
    assert anger_in(dossier(said(label)), None) == why


@pytest.mark.parametrize("label", [Tactic.PITY, Tactic.FAVOR_APPEAL, Tactic.NAGGING, Intent.RENEWAL_INQUIRY])
def test_asking_and_pleading_is_no_anger(label):
    assert anger_in(dossier(said(label)), None) is None


def test_anger_stays_while_calmer_words_follow():
    calm = said(Intent.RENEWAL_INQUIRY, at=NOW)
    assert anger_in(dossier(said(Tactic.INSULT), calm), None) == "hold.insult"


def test_what_came_before_a_supervisors_word_counts_no_more():
    angry = dossier(said(Tactic.INSULT))
    assert anger_in(angry, since=NOW) is None
    assert anger_in(replace(angry, messages=(*angry.messages, said(Tactic.THREAT_LEGAL, at=NOW + HOUR))), NOW) == (
        "hold.threat"
    )


def promised(due: datetime, kept_at: datetime | None = None) -> PromiseRecord:
    return PromiseRecord("C1", "2.0", 0, "case_1", "U1AGENT", "下午回覆您", due, due - HOUR, kept_at)


@pytest.mark.parametrize(
    ("promise", "since", "why"),
    [
        (promised(NOW - HOUR), None, "hold.broken_promise"),
        (promised(NOW + HOUR), None, None),
        (promised(NOW - HOUR, kept_at=NOW), None, None),
        (promised(NOW - HOUR), NOW, None),
        (promised(NOW - HOUR), NOW - 2 * HOUR, "hold.broken_promise"),
    ],
)
def test_nobody_sells_to_a_customer_whom_we_keep_waiting(promise, since, why):
    assert anger_in(replace(dossier(), promises=(promise,)), since) == why


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (Later.HOUR, datetime(2026, 11, 20, 17, 30, tzinfo=TAIPEI)),
        (Later.TOMORROW, datetime(2026, 11, 23, 9, 0, tzinfo=TAIPEI)),
        (Later.THREE_DAYS, datetime(2026, 11, 23, 9, 0, tzinfo=TAIPEI)),
        (Later.WEEK, datetime(2026, 11, 27, 9, 0, tzinfo=TAIPEI)),
        (Later.TWO_WEEKS, datetime(2026, 12, 4, 9, 0, tzinfo=TAIPEI)),
        (Later.MONTH, datetime(2026, 12, 21, 9, 0, tzinfo=TAIPEI)),
    ],
)
def test_a_reminder_comes_when_a_working_day_begins(later, expected):
    assert reminder_at(later, NOW, Policy()) == expected


def test_a_reminder_counts_days_where_the_desk_is():
    late_in_london = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
    assert reminder_at(Later.TOMORROW, late_in_london, Policy()) == datetime(2026, 11, 20, 9, 0, tzinfo=TAIPEI)
