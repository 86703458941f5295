"""The card itself: within Slack's limits for the longest content there is, and readable for the shortest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.changes import ChangeKind
from bot.domain.commitments import PromiseRecord
from bot.domain.contracts import Contract, Customer, Facet, Ref
from bot.domain.desk import AccountAnswer, Locale
from bot.domain.escalations import EscalationRecord
from bot.domain.opportunities import SalesStage
from bot.ports.case_presenter import Pointers
from handlers.blocks.case_presenter import CaseBlocks
from handlers.blocks.words import Vocabulary
from tests.services.casebench import AGENT, EXPIRED, OTHER_AGENT, SUPPORT, CaseBench, knowledge
from tests.services.fakes import NOW

LONG_NAME = "<&>永豐國際紡織股份有限公司" * 5
BEGGING = "過去大家那麼熟,你就幫忙免費處理一下嘛,花不了幾分鐘,再不處理我們就換別家,我要投訴,叫你們主管出來 <!channel> & <@U1AGENT>"


def long_contract(number: int) -> Contract:
    product = f"{number}<&>產品" + "很長的名字" * 12
    return Contract(
        Ref("sql", f"C-{number}"), f"MA-{number}", "維護", product[:60], date(2025, 1, 1), date(2026, 1, 31)
    )


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[CaseBench]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield CaseBench(store)


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


@pytest.mark.parametrize("locale", list(Locale))
async def test_the_longest_content_keeps_within_every_limit(bench: CaseBench, locale: Locale) -> None:
    account = replace(
        EXPIRED,
        customer=Customer(Ref("sql", "X" * 60), LONG_NAME[:60]),
        contracts=Facet(tuple(long_contract(n) for n in range(10))),
    )
    bench.accounts.answer = AccountAnswer(account=account)
    root = await bench.hear((BEGGING * 800)[:40_000])
    for number in range(29):
        bench.later(seconds=1)
        await bench.hear(f"{number} {BEGGING}" * 20, thread_ts=root)
        await bench.hear("我先看一下 <&> " * 40, user=(AGENT, OTHER_AGENT)[number % 2], thread_ts=root)
    dossier = await bench.cases.dossier(await bench.case_of(root))
    now = dossier.now
    owed = tuple(
        PromiseRecord(SUPPORT, root, n, dossier.record.id, AGENT, "<&>今天回覆您" * 30, now, now) for n in range(9)
    )
    dossier = replace(dossier, promises=owed)
    links = Pointers(customer="https://slack.example/" + "x" * 200, escalation="https://slack.example/" + "y" * 200)
    card = CaseBlocks(Vocabulary(bench.live)).card(dossier, bench.live.current.drafts_for(dossier), locale, links)
    blocks: list[Any] = list(card.blocks)
    assert len(blocks) <= 50
    assert sum(map(len, texts(blocks))) <= 13_200
    assert all(0 < len(block["text"]["text"]) <= 3000 for block in blocks if block["type"] == "section")
    assert all(len(block["text"]["text"]) <= 150 for block in blocks if block["type"] == "header")
    contexts = [block["elements"] for block in blocks if block["type"] == "context"]
    assert all(len(elements) <= 10 and all(len(e["text"]) <= 2000 for e in elements) for elements in contexts)
    marks = "".join(text for text in texts(blocks) if "永豐" not in text)
    assert "<!channel>" not in marks
    assert "<&>" not in marks


async def test_a_choice_of_customers_keeps_within_the_limits_of_a_menu(bench: CaseBench) -> None:
    candidates = tuple(Customer(Ref("sql", f"{n:060}"), LONG_NAME) for n in range(120))
    bench.accounts.answer = AccountAnswer(candidates=candidates)
    await bench.hear("ERP 登不進去,請幫忙")
    posted = next(post for post in bench.chat.posts.values())
    menu = next(block["accessory"] for block in posted.content.blocks if "accessory" in block)
    assert len(menu["options"]) == 100  # type: ignore[index]  # blocks are JSON
    assert all(len(o["text"]["text"]) <= 75 and len(o["value"]) <= 150 for o in menu["options"])  # type: ignore[index]


async def test_a_case_that_nobody_has_taken_names_who_is_on_duty_without_calling_them(bench: CaseBench) -> None:
    await bench.hear("ERP 登不進去,請幫忙")
    card = next(iter(bench.chat.cards().values()))
    assert f"值班：{AGENT} 先生" in card
    assert f"<@{AGENT}>" not in card, "a name, no mention: the nudge is another matter"


async def test_a_card_leads_to_the_customer_and_to_where_supervisors_decide(bench: CaseBench) -> None:
    ts = await bench.hear("ERP 登不進去,請幫忙")
    case_id = await bench.case_of(ts)
    async with bench.store.begin() as unit:
        await unit.escalations.add(EscalationRecord("esc_1", case_id, "", AGENT, NOW, "C1ESC", "7.0"))
    await bench.cards.refresh(case_id)
    card = next(iter(bench.chat.cards().values()))
    assert f"<https://slack.example/{SUPPORT}/{ts}|到客戶的對話>" in card
    assert "<https://slack.example/C1ESC/7.0|到升級討論>" in card


async def test_a_card_names_its_source_as_people_do_and_says_when(bench: CaseBench) -> None:
    await bench.hear("ERP 登不進去,請幫忙")
    card = next(iter(bench.chat.cards().values()))
    assert "資料：CRM・11/22 10:00 查詢" in card


def test_every_kind_of_history_has_its_words() -> None:

    known = knowledge().texts
    for kind in ChangeKind:
        assert f"history.{kind.value}" in known
    for stage in SalesStage:
        assert f"history.sales_stage.{stage.value}" in known
