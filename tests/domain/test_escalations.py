from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.domain.cases import Decision, Verdict
from bot.domain.errors import (
    DecidedBefore,
    NotPending,
    RevisionNotYours,
    RevisionPassedOn,
    RevisionTooLate,
)
from bot.domain.escalations import (
    Ask,
    EscalationRecord,
    EscalationStatus,
    OfferFault,
    Request,
    ask_for,
    change,
    decide,
    offer_fault,
    require_revisable,
    take_back,
    withdraw,
)
from bot.domain.money import Currency, Money
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))
MINUTE = timedelta(minutes=1)
USUAL = Money(Decimal(8000), Currency.TWD)


def escalation(**changes: object) -> EscalationRecord:
    return replace(EscalationRecord("esc_1", "case_1", "要免費", "U1AGENT", NOW, "C1ESC", "5.0"), **changes)


def made(verdict: Verdict = Verdict.APPROVE, **terms: object) -> Decision:
    return Decision(verdict, by="U1SUP", at=NOW, **terms)


def twd(amount: int) -> Money:
    return Money(Decimal(amount), Currency.TWD)


def test_the_first_decision_stands():
    decided = decide(escalation(), made())
    assert (decided.status, decided.decision) == (EscalationStatus.DECIDED, made())
    with pytest.raises(DecidedBefore):
        decide(decided, made(Verdict.DECLINE))


def test_what_was_taken_back_is_open_again_and_remembered():
    reopened = take_back(decide(escalation(), made()))
    assert (reopened.status, reopened.decision, reopened.earlier) == (EscalationStatus.OPEN, None, (made(),))
    again = decide(reopened, made(Verdict.DECLINE))
    assert (again.decision.verdict, again.revision) == (Verdict.DECLINE, 1)


def test_a_changed_decision_keeps_the_one_before():
    changed = change(decide(escalation(), made()), made(Verdict.DECLINE))
    assert changed.status is EscalationStatus.DECIDED
    assert (changed.decision.verdict, changed.earlier) == (Verdict.DECLINE, (made(),))


def test_a_question_withdrawn_is_decided_by_nobody():
    closed = withdraw(escalation())
    assert closed.status is EscalationStatus.CLOSED
    with pytest.raises(NotPending):
        decide(closed, made())
    with pytest.raises(DecidedBefore):
        withdraw(decide(escalation(), made()))


@pytest.mark.parametrize(
    ("by", "after", "passed_on", "refusal"),
    [
        ("U2SUP", timedelta(seconds=5), False, RevisionNotYours),
        ("U1SUP", timedelta(seconds=5), True, RevisionPassedOn),
        ("U1SUP", timedelta(seconds=61), False, RevisionTooLate),
    ],
)
def test_a_decision_is_revised_by_its_maker_at_once_and_before_the_customer_knows(by, after, passed_on, refusal):
    decided = decide(escalation(), made())
    with pytest.raises(refusal):
        require_revisable(decided, by=by, now=NOW + after, within=MINUTE, passed_on=passed_on)


def test_within_the_minute_its_maker_may_revise():
    decided = decide(escalation(), made())
    require_revisable(decided, by="U1SUP", now=NOW + MINUTE, within=MINUTE, passed_on=False)


def test_nothing_is_revised_that_is_not_decided():
    with pytest.raises(NotPending):
        require_revisable(escalation(), by="U1SUP", now=NOW, within=MINUTE, passed_on=False)


def test_a_plain_yes_grants_what_the_agent_offered_and_no_more():
    asked = escalation(request=Request(Ask.DISCOUNT, share=Decimal("0.8")))
    granted = decide(asked, made()).decision
    assert (granted.verdict, granted.discount) == (Verdict.COUNTER, Decimal("0.8"))


def test_a_yes_with_terms_of_its_own_grants_those():
    asked = escalation(request=Request(Ask.DISCOUNT, share=Decimal("0.8")))
    granted = decide(asked, made(discount=Decimal("0.5"))).decision
    assert (granted.verdict, granted.discount) == (Verdict.APPROVE, Decimal("0.5"))


def test_a_refusal_grants_no_offer():
    asked = escalation(request=Request(Ask.COMPENSATION, amount=twd(500)))
    assert decide(asked, made(Verdict.DECLINE)).decision == made(Verdict.DECLINE)


@pytest.mark.parametrize(
    ("request_", "role", "fault"),
    [
        (Request(Ask.COMPENSATION, amount=twd(5000)), "agent", None),
        (Request(Ask.COMPENSATION, amount=twd(5001)), "agent", OfferFault.AMOUNT),
        (Request(Ask.COMPENSATION, amount=twd(5001)), "supervisor", None),
        (Request(Ask.REFUND, amount=Money(Decimal(1), Currency.EUR)), "agent", OfferFault.AMOUNT),
        (Request(Ask.DISCOUNT, amount=twd(3000)), "agent", None),
        (Request(Ask.DISCOUNT, amount=twd(2999)), "agent", OfferFault.AMOUNT),
        (Request(Ask.DISCOUNT, share=Decimal("0.8")), "agent", None),
        (Request(Ask.DISCOUNT, share=Decimal("0.79")), "agent", OfferFault.SHARE),
        (Request(Ask.DISCOUNT, share=Decimal(0)), "supervisor", None),
        (Request(Ask.FREE_ONCE), "agent", None),
    ],
)
def test_rule_41_an_offer_stays_within_the_limits_of_its_role(request_, role, fault):
    assert offer_fault(request_, role, Policy(), USUAL) is fault


def test_a_price_is_held_against_nothing_where_the_usual_one_is_unknown():
    assert offer_fault(Request(Ask.DISCOUNT, amount=twd(7999)), "agent", Policy(), None) is OfferFault.PRICE_UNKNOWN
    assert offer_fault(Request(Ask.COMPENSATION, amount=twd(100)), "agent", Policy(), None) is None


@pytest.mark.parametrize(
    ("intents", "ask"),
    [
        ({Intent.FREE_SERVICE, Intent.SUPPORT_REQUEST}, Ask.FREE_ONCE),
        ({Intent.DAMAGE_CLAIM}, Ask.COMPENSATION),
        ({Intent.COMPENSATION_REQUEST, Intent.FREE_SERVICE}, Ask.COMPENSATION),
        ({Intent.DIRECT_ENGINEER}, Ask.ENGINEER),
        ({Intent.MANAGER_REQUEST}, Ask.MANAGER_CALL),
        (set(), Ask.OTHER),
    ],
)
def test_what_the_customer_wants_suggests_what_is_asked_for(intents, ask):
    assert ask_for(frozenset(intents)) is ask
