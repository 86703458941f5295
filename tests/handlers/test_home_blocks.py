"""The home as blocks: within Slack's limits however full it is, and its pages turned from its own buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Speaker
from bot.domain.commitments import PromiseRecord
from bot.domain.contracts import Account, Contract, Customer, Facet, Ref
from bot.domain.desk import AccountAnswer, CaseRecord, Dossier, DraftRecord, Locale, MessageRecord, Preference, Role
from bot.domain.drafting.model import Stage, Tone
from bot.domain.escalations import Ask, EscalationRecord, Request
from bot.domain.home import PAGE_SIZE, Home, HomeLine, HomeList, Page
from bot.domain.money import Currency, Money
from bot.domain.opportunities import OpportunityRecord, SalesStage
from bot.domain.reading.model import Variant
from bot.services.knowledge import LiveKnowledge
from bot.workspace.limits.views import checked_view
from handlers.blocks.home import home, places_of
from handlers.blocks.words import Vocabulary, Words
from tests.services.casebench import knowledge
from tests.services.fakes import NOW

NASTY = "<!channel> *粗* `碼` & <@U1> " + "很長的一段話" * 80
LINK = "https://example.slack.com/archives/C0EXTYF/p1763800000000001"


def words(locale: Locale = Locale.HANT) -> Words:
    return Vocabulary(LiveKnowledge(knowledge()))(locale)


def dossier() -> Dossier:
    price = Money(Decimal(180000), Currency.TWD)
    contracts = tuple(
        Contract(
            Ref("sql", f"C-{n}"), f"MA-{n}" * 9, "維護", f"{NASTY}{n}", None, date(2026, 1, 31), renewal_price=price
        )
        for n in range(5)
    )
    account = Account(Customer(Ref("sql", "YF-1"), NASTY), Facet(contracts), as_of=NOW, stale=False, source="sql")
    record = CaseRecord("case_1", "T1", "C0EXTYF", "1.0", NOW, NOW, Variant.HANT, agent="U1AGENT")
    said = MessageRecord("case_1", "C0EXTYF", "1.0", "U9", Speaker.CUSTOMER, NASTY, NOW)
    return Dossier(record, NOW, messages=(said,), answer=AccountAnswer(account=account))


def page(listed: HomeList, record: Any) -> Page[Any]:
    line = HomeLine(record, dossier(), LINK, LINK)
    return Page((line,) * PAGE_SIZE[listed], offset=PAGE_SIZE[listed], more=True)


def full() -> Home:
    """What somebody with every role sees when nothing more could be shown."""
    draft = DraftRecord("d", "case_1", Stage.EXPLAIN, Tone.FIRM, NASTY * 4, (), (), "U1", NOW, sheet="s", kept_at=NOW)
    promise = PromiseRecord("C0EXTYF", "1.0", 0, "case_1", "U1", NASTY, NOW - timedelta(days=3), NOW)
    request = Request(Ask.FREE_ONCE)
    escalation = EscalationRecord("e", "case_1", NASTY, "U1", NOW - timedelta(hours=5), "C0ESC", "2.0", request=request)
    opportunity = OpportunityRecord("case_1", "opportunity.expired", None, NOW, hold="hold.complaint")
    return Home(
        frozenset(Role),
        NOW,
        Preference("U1", Locale.HANT, hints=False),
        promises=page(HomeList.PROMISES, promise),
        cases=page(HomeList.CASES, dossier().record),
        untaken=page(HomeList.UNTAKEN, dossier().record),
        drafts=page(HomeList.DRAFTS, (draft, replace(draft, tone=Tone.EMPATHETIC))),
        escalations=page(HomeList.ESCALATIONS, escalation),
        overdue=page(HomeList.OVERDUE, promise),
        opportunities=page(HomeList.OPPORTUNITIES, opportunity),
        calls=page(HomeList.CALLS, dossier().record),
    )


@pytest.mark.parametrize("locale", Locale)
def test_the_fullest_page_keeps_to_slacks_limits_and_mentions_nobody_outside(locale: Locale) -> None:
    view = home(full(), words(locale))
    checked_view(view, "home")
    assert "<!channel>" not in str(view)
    assert "<@U1> *" not in str(view)


def test_a_button_turns_its_own_list_and_leaves_the_others_where_they_are() -> None:
    blocks: Any = home(full(), words())["blocks"]
    buttons = [e for b in blocks for e in b.get("elements", []) if e.get("action_id") == "home_older"]
    assert len(buttons) == len(HomeList)
    for listed, button in zip(HomeList, buttons, strict=True):
        places = places_of(button["value"])
        assert places == {other: PAGE_SIZE[other] * (2 if other is listed else 1) for other in HomeList}


@given(st.text(max_size=60))
def test_whatever_a_button_says_is_read_as_places(value: str) -> None:
    assert all(0 <= place <= 100_000 for place in places_of(value).values())


@pytest.mark.parametrize("stage", SalesStage)
def test_every_stage_of_an_opportunity_has_words(stage: SalesStage) -> None:
    record = OpportunityRecord("case_1", "opportunity.expired", "U1", NOW, stage=stage)
    shown = Home(
        frozenset({Role.SALES}), NOW, Preference("U1"), opportunities=Page((HomeLine(record, dossier(), LINK),))
    )
    assert words()(f"home.stage.{stage}") in str(home(shown, words()))


@pytest.mark.parametrize(("seconds", "shown"), [(5, "剛剛"), (61, "1 分鐘前"), (7300, "2 小時前"), (200_000, "2 天前")])
def test_ages_are_told_in_the_largest_unit_that_fits(seconds: int, shown: str) -> None:
    assert words().ago(NOW - timedelta(seconds=seconds), NOW) == shown
