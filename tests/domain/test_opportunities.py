from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.errors import OnHold, TakenBefore
from bot.domain.opportunities import (
    OpportunityRecord,
    SalesStage,
    clear,
    hold,
    lose,
    put_off,
    rule_out,
    take,
    win,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))
TAGGED = OpportunityRecord("case_1", "opportunity.expired", "U1SALES", NOW)
HELD = hold(TAGGED, "hold.threat")
NEXT_WEEK = NOW + timedelta(days=7)

CONTACTS = [
    lambda record, by: take(record, by, NOW),
    lambda record, by: put_off(record, by, NOW, NEXT_WEEK),
    lambda record, by: win(record, by, NOW),
]
ENDS = [lambda record, by: rule_out(record, by, NOW, "換系統了"), lambda record, by: lose(record, by, NOW, "沒預算")]


def test_whoever_takes_it_first_has_it():
    taken = take(TAGGED, "U1SALES", NOW)
    assert (taken.stage, taken.taken_by, taken.moved_at) == (SalesStage.TAKEN, "U1SALES", NOW)
    for who in ("U1SALES", "U2SALES"):
        with pytest.raises(TakenBefore):
            take(taken, who, NOW)


def test_what_is_put_off_belongs_to_who_wants_to_be_reminded():
    later = put_off(TAGGED, "U1SALES", NOW, NEXT_WEEK)
    assert (later.stage, later.remind_at) == (SalesStage.LATER, NEXT_WEEK)
    with pytest.raises(TakenBefore):
        take(later, "U2SALES", NOW)
    taken = take(later, "U1SALES", NOW)
    assert (taken.stage, taken.remind_at) == (SalesStage.TAKEN, None)


@pytest.mark.parametrize("end", ENDS)
def test_what_came_to_nothing_says_why_and_stays_closed(end):
    closed = end(TAGGED, "U1SALES")
    assert closed.closed
    assert closed.note in ("換系統了", "沒預算")
    for move in (*CONTACTS, *ENDS):
        with pytest.raises(TakenBefore):
            move(closed, "U1SALES")


@pytest.mark.parametrize("contact", CONTACTS)
def test_on_hold_nobody_contacts_the_customer(contact):
    with pytest.raises(OnHold):
        contact(HELD, "U1SALES")


@pytest.mark.parametrize("end", ENDS)
def test_on_hold_it_can_still_be_given_up(end):
    assert end(HELD, "U1SALES").closed


def test_a_hold_ends_by_a_supervisors_word_alone():
    assert hold(HELD, None) is HELD
    cleared = clear(HELD, "U1SUP", NOW)
    assert (cleared.hold, cleared.cleared_by, cleared.cleared_at) == (None, "U1SUP", NOW)
    assert take(cleared, "U1SALES", NOW).taken_by == "U1SALES"


def test_the_reason_of_a_hold_stays_the_first():
    assert hold(HELD, "hold.insult").hold == "hold.threat"


def test_what_is_closed_is_not_held():
    assert hold(win(TAGGED, "U1SALES", NOW), "hold.insult").hold is None
