"""A message read within its case."""

from datetime import datetime, timedelta

from bot.domain.cases import Case, Fault, Promise, PromiseState, Speaker, Utterance
from bot.domain.contracts import Account, Contact, Contract, Customer, Facet, Ref
from bot.domain.policy import Policy
from bot.domain.reading.context import Reason, read_context
from tests.domain.reading.conftest import MONDAY

POLICY = Policy()


def customer(text, at=None):
    return Utterance(Speaker.CUSTOMER, text, at)


def agent(text):
    return Utterance(Speaker.AGENT, text)


def context(reader, *messages, **fields):
    def read(text):
        return reader.read(text, now=MONDAY)

    case = Case(id="c", now=MONDAY, messages=messages, **fields)
    return read_context(case, read(messages[-1].text), read=read, policy=POLICY)


def account(end, contacts=()):
    ref = Ref("sql", "C-1")
    contract = Contract(ref, "C-1", "維護", "ERP", datetime(2025, 1, 1).date(), end)
    return Account(
        Customer(ref, "永豐"), Facet((contract,)), MONDAY, stale=False, source="sql", contacts=Facet(contacts)
    )


def test_rule_62_a_demand_answered_before_is_seen_as_repeated(reader):
    found = context(reader, customer("請免費幫我們處理"), agent("這項服務需要收費"), customer("還是請你們免費處理一次"))
    assert [intent.value for intent in found.repeated] == ["free_service"]


def test_a_demand_nobody_answered_is_not_repeated(reader):
    assert context(reader, customer("請免費幫我們處理"), customer("請免費幫我們處理")).repeated == ()


def test_rule_62_the_third_day_of_contact_within_a_week_is_told(reader):
    days = [customer("在嗎", MONDAY - timedelta(days=ago)) for ago in (9, 3, 1, 0)]
    found = context(reader, *days)
    assert found.contact_days == 3
    assert found.third_contact


def test_rule_51_contacts_logged_in_the_crm_count_as_well(reader):
    ref = Ref("sql", "K-1")
    logged = tuple(Contact(ref, MONDAY - timedelta(days=ago), "phone", "林", "來電") for ago in (2, 4))
    assert context(reader, customer("在嗎"), account=account(None, logged)).third_contact


def test_rule_74_promises_past_due_or_broken_are_overdue(reader):
    late = Promise("回電", due=MONDAY - timedelta(hours=1))
    broken = Promise("報告", state=PromiseState.BROKEN)
    kept = Promise("寄件", due=MONDAY - timedelta(days=1), state=PromiseState.KEPT)
    ahead = Promise("上線", due=MONDAY + timedelta(days=1))
    assert context(reader, customer("在嗎"), promises=(late, broken, kept, ahead)).overdue == (late, broken)


def test_rule_47_free_service_forced_by_threats_without_cover_is_unreasonable(reader):
    text = "免費幫我修，不然我就去消保官申訴"
    lapsed = context(reader, customer(text), account=account(datetime(2026, 1, 1).date()))
    covered = context(reader, customer(text), account=account(datetime(2027, 1, 1).date()))
    assert Reason.FORCED_FREE_SERVICE in lapsed.unreasonable
    assert covered.unreasonable == ()


def test_rule_47_amends_for_what_was_not_our_fault_are_unreasonable(reader):
    text = "損失十萬元你們要賠償"
    assert context(reader, customer(text), fault=Fault.THIRD_PARTY).unreasonable == (Reason.NOT_OUR_FAULT,)
    assert context(reader, customer(text), fault=Fault.OURS).unreasonable == ()


def test_rule_34_insult_marks_a_customer_who_cannot_be_reasoned_with_now(reader):
    assert context(reader, customer("你們這群騙子")).heated
    assert not context(reader, customer("請問處理到哪了")).heated
