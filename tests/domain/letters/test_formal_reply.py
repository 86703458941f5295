"""The reply in four parts, after S2's: dealings and people · root cause · solution · prevention."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.adapters.scripts.letters import load_labels
from bot.domain.contracts import Contact, CrmCase, Facet, Order, Ref
from bot.domain.drafting.factlock import loose_figures
from bot.domain.letters.model import Letter, LetterKind, Sender
from bot.domain.letters.writer import LetterWriter
from bot.domain.lint.context import LintContext
from bot.domain.money import Currency, Money
from bot.domain.policy import Policy
from bot.domain.reading.variant import detect_variant
from tests.casebook import SCRIPTS, case, drafter, linter, reading

CLAIMS = {
    "hant": ("網站昨天整個連不上，害我們損失19萬，你們要賠", "連不上", "損失19萬"),
    "hans": ("另一个域名昨天打不开，害我们损失19万，你们必须赔偿", "打不开", "损失19万"),
}
MINE = {"hant": "承擔", "hans": "承担"}
GRANT = {"verdict": "approve", "by": "supervisor", "offer": {"amount": 88, "currency": "CNY"}}


@pytest.fixture(scope="module")
def writer() -> LetterWriter:
    return LetterWriter(drafter(), load_labels(SCRIPTS / "letters"), Policy())


def with_dealings(made, variant):
    """The case with orders, contacts and cases in its account."""
    hant = variant == "hant"
    people = ("林佳穎", "張雅婷") if hant else ("周晓雯", "刘洋")
    contacts = (
        Contact(Ref("sql", "k2"), datetime.fromisoformat("2026-11-20T15:00:00+08:00"), "電話" if hant else "电话", people[0], "內部：別主動提費用"),
        Contact(Ref("sql", "k1"), datetime.fromisoformat("2026-10-01T09:00:00+08:00"), "Slack", people[1], "內部：殺價"),
    )  # fmt: skip
    orders = (
        Order(Ref("sql", "o2"), date(2024, 3, 5), "第二套", Money(Decimal(88000), Currency.TWD if hant else Currency.CNY)),
        Order(Ref("sql", "o1"), date(2020, 1, 2), "首次採購" if hant else "首次采购"),
    )  # fmt: skip
    cases = (CrmCase(Ref("sql", "c1"), datetime.fromisoformat("2026-09-01T09:00:00+08:00"), None, "慢"),)
    account = replace(made.account, contacts=Facet(contacts), orders=Facet(orders), cases=Facet(cases))
    return replace(made, account=account)


def write(writer, variant="hant", *, dealings=True, kind=LetterKind.FORMAL, sender=None, **fields) -> Letter:
    text, trouble, claim = CLAIMS[variant]
    made = case(text, **fields)
    if dealings and made.account is not None:
        made = with_dealings(made, variant)
    found = reading(text, {"support_request": trouble, "damage_claim": claim})
    return writer.write(made, found, kind, sender or Sender())


FAULTS = ["ours", "theirs", "third_party", "shared", "unknown"]


@pytest.mark.parametrize("variant", ["hant", "hans"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("decision", [None, GRANT, {"verdict": "decline"}, {"verdict": "counter", "discount": 0.8}])
def test_rule_56_four_parts_in_order_with_every_figure_sourced(writer, variant, fault, decision):
    letter = write(writer, variant, fault=fault, decision=decision)
    wanted = {
        "hant": ["往來情形與承辦人員", "原因分析", "處理方案", "預防措施"],
        "hans": ["合作情况与我方服务人员", "原因分析", "处理方案", "防范措施"],
    }
    assert [part.heading for part in letter.parts] == wanted[variant]
    assert loose_figures(letter.text, letter.facts) == ()
    assert all(fact.source for fact in letter.facts)
    assert detect_variant(letter.text) == variant


@pytest.mark.parametrize("variant", ["hant", "hans"])
@pytest.mark.parametrize("fault", FAULTS)
def test_the_words_of_a_formal_reply_pass_the_house_rules(writer, variant, fault):
    text, *_ = CLAIMS[variant]
    context = LintContext.of(case(text, fault=fault))
    letter = write(writer, variant, fault=fault)
    body = "".join(item for part in letter.parts for item in part.items)
    assert linter().check(body, context) == ()


def test_rule_51_orders_contacts_and_people_are_those_of_the_crm_oldest_first(writer):
    tables = {table.caption: table.rows for table in write(writer).parts[0].tables}
    assert tables["歷次訂單"] == (("2020/1/2", "首次採購", "—"), ("2024/3/5", "第二套", "NT$88,000"))
    assert tables["聯絡紀錄"] == (("2026/10/1", "Slack", "張雅婷"), ("2026/11/20", "電話", "林佳穎"))
    assert tables["我方承辦人員"] == (("張雅婷", "專責業務"), ("林佳穎", "聯絡與服務"))
    assert tables["服務紀錄"] == (("2026/9/1", "慢", "處理中"),)


def test_our_peoples_own_notes_stay_with_us(writer):
    assert "內部" not in write(writer).text


def test_without_an_account_no_dealings_are_invented(writer):
    letter = write(writer, state=None)
    assert letter.parts[0].tables == ()
    assert "【待填：客戶全名】" in letter.text
    assert "尚待核對" in letter.parts[0].items[0]
    assert not re.search("合約|NT", letter.parts[0].items[0])


def test_what_the_crm_could_not_read_is_a_blank_and_what_it_has_not_is_none(writer):
    text, trouble, claim = CLAIMS["hant"]
    made = with_dealings(case(text), "hant")
    account = replace(made.account, orders=Facet(available=False), contacts=Facet())
    letter = writer.write(
        replace(made, account=account),
        reading(text, {"support_request": trouble, "damage_claim": claim}),
        LetterKind.FORMAL,
    )
    tables = {table.caption: table.rows for table in letter.parts[0].tables}
    assert tables["歷次訂單"] == (("【待填：訂單明細】", "", ""),)
    assert tables["聯絡紀錄"] == (("無紀錄", "", ""),)


@pytest.mark.parametrize("variant", ["hant", "hans"])
@pytest.mark.parametrize("fault", ["theirs", "third_party", "unknown"])
def test_rule_52_liability_is_not_admitted_where_the_fault_is_not_ours(writer, variant, fault):
    letter = write(writer, variant, fault=fault)
    assert not re.search(r"由我方造成|出於我方|责任由我方|責任由我方|抱歉|致歉|歉意|道歉", letter.text)
    if fault != "unknown":
        assert re.search(r"並非我方|并非我方", letter.text)


def test_rule_54_what_we_could_have_done_better_is_said_without_taking_the_blame(writer):
    assert "做得更好" in write(writer, fault="third_party").text
    assert "做得更好" not in write(writer, fault="unknown").text


def test_rule_52_the_fault_is_owned_where_it_is_ours(writer):
    assert "責任由我方承擔" in write(writer, fault="ours").text
    assert "责任由我方承担" in write(writer, "hans", fault="ours").text


@pytest.mark.parametrize("variant", ["hant", "hans"])
def test_rule_55_the_solution_begins_with_keeping_the_loss_small(writer, variant):
    for fault in FAULTS:
        assert re.search("避免損失擴大|避免损失扩大", write(writer, variant, fault=fault).parts[2].items[0])


def test_rule_59_claim_and_offer_both_stand_in_the_reply_and_only_a_decision_offers(writer):
    granted = write(writer, "hans", fault="third_party", decision=GRANT).parts[2]
    assert any("88元" in item and "仅此一次" in item for item in granted.items)
    assert any("19万" in item for item in granted.items)
    assert "88元" not in write(writer, "hans", fault="third_party").text


def test_an_offer_beyond_its_makers_cap_is_not_written(writer):
    beyond = {"verdict": "approve", "by": "supervisor", "offer": {"amount": 900000, "currency": "TWD"}}
    assert "900,000" not in write(writer, decision=beyond).text


def test_rule_57_prevention_is_shared_and_a_change_of_tier_is_proposed(writer):
    items = "".join(write(writer, fault="theirs").parts[3].items)
    assert "共同盤點" in items
    assert "重點客戶" in items


def test_rule_50_the_claim_as_stated_and_the_root_cause_are_two_items(writer):
    items = write(writer, fault="third_party").parts[1].items
    assert "19萬" in items[0]
    assert any(item.startswith("症結所在") and "待填" in item for item in items[1:])


def test_an_open_question_has_a_day_for_its_answer(writer):
    letter = write(writer, fault="unknown")
    (due,) = [fact for fact in letter.facts if fact.source == "setting:decision_within_hours"]
    assert re.fullmatch(r"2026 年 11 月 23 日 \d\d:\d\d", due.text)
    assert due.text in letter.parts[1].items[-1]


def test_the_forms_are_those_of_each_place(writer):
    hant, hans = write(writer), write(writer, "hans")
    assert [label for label, _ in hant.head] == ["受文者", "發文日期", "發文字號"]
    assert [line[:3] for line in hant.opening] == ["主旨：", "說明："]
    assert hans.title.startswith("关于贵公司")
    assert hans.title.endswith("复函")
    assert hans.addressee == "蓝海云仓："
    assert hans.signature[-1] == "2026年11月23日"


def test_who_signs_fills_the_blanks(writer):
    blank, signed = write(writer), write(writer, sender=Sender("安遠資訊", "林佳穎 02-2345-6789"))
    assert signed.blanks == blank.blanks - 2
    assert signed.signature == ("安遠資訊", "承辦人：林佳穎 02-2345-6789")


@pytest.mark.parametrize("hostile", ["<!channel>", "{claim}", "*粗*", "第一行\n第二行", "<b>x</b>"])
def test_crm_text_is_data(writer, hostile):
    text, trouble, claim = CLAIMS["hant"]
    made = with_dealings(case(text), "hant")
    orders = Facet((Order(Ref("sql", "o1"), date(2020, 1, 2), hostile),))
    customer = replace(made.account.customer, name=f"好{hostile}")
    made = replace(made, account=replace(made.account, orders=orders, customer=customer))
    letter = writer.write(made, reading(text, {"support_request": trouble, "damage_claim": claim}), LetterKind.FORMAL)
    assert not re.search(r"[<>{}*]", letter.text)
    assert not re.search(r'[\\/:*?"<>|\s]', letter.name)


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.FORMAL])
@pytest.mark.parametrize("variant", ["hant", "hans"])
def test_rule_86_texts_of_one_piece_are_dated_and_need_no_filling(writer, kind, variant):
    letter = write(writer, variant, kind=kind)
    assert letter.parts[0].items
    assert letter.blanks == 0
    assert ("2026 年 11 月 23 日" if variant == "hant" else "2026年11月23日") in letter.text


def test_the_same_case_gives_the_same_letter(writer):
    assert write(writer) == write(writer)
