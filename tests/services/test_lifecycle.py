"""Closing, reopening, merging, splitting: nothing is lost, and of two who press, the second is told of the first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.cases import Done
from bot.domain.changes import ChangeKind
from bot.domain.desk import CaseStatus, DraftRecord, HeardKind
from bot.domain.drafting.model import Stage, Tone
from bot.domain.errors import CaseMoved, NotAllowed
from bot.domain.escalations import EscalationRecord
from bot.domain.opportunities import OpportunityRecord
from tests.services.casebench import AGENT, CUSTOMER, ENGINEER, ESCALATION, OTHER_AGENT, CaseBench

BROKEN = "ERP 登不進去,請幫忙看一下"
PRINTER = "另外出貨單也印不出來,麻煩處理"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[CaseBench]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield CaseBench(store)


async def two_cases(bench: CaseBench) -> tuple[str, str]:
    first = await bench.hear(BROKEN)
    bench.later(hours=6)
    second = await bench.hear(PRINTER)
    return await bench.case_of(first), await bench.case_of(second)


async def test_a_closed_case_is_two_lines_with_the_way_back(bench: CaseBench) -> None:
    case_id = await bench.case_of(await bench.hear(BROKEN))
    await bench.lifecycle.close(AGENT, case_id)
    card = next(iter(bench.chat.cards().values()))
    assert "已結案" in card
    assert "case_reopen" in card
    assert "case_draft" not in card
    await bench.lifecycle.reopen(OTHER_AGENT, case_id)
    card = next(iter(bench.chat.cards().values()))
    assert "case_draft" in card
    assert "重新開啟案件" in card


async def test_the_second_to_close_is_told_who_was_first(bench: CaseBench) -> None:
    case_id = await bench.case_of(await bench.hear(BROKEN))
    await bench.lifecycle.close(AGENT, case_id)
    with pytest.raises(CaseMoved):
        await bench.lifecycle.close(OTHER_AGENT, case_id)
    change = await bench.lifecycle.last_change(case_id)
    assert change is not None
    assert (change.kind, change.by) == (ChangeKind.CLOSED, AGENT)


async def test_only_agents_and_supervisors_keep_cases(bench: CaseBench) -> None:
    case_id = await bench.case_of(await bench.hear(BROKEN))
    for user in (ENGINEER, CUSTOMER, "U1NOROLE"):
        with pytest.raises(NotAllowed):
            await bench.lifecycle.close(user, case_id)
        with pytest.raises(NotAllowed):
            await bench.lifecycle.merge(user, case_id, case_id)
        with pytest.raises(NotAllowed):
            await bench.lifecycle.split(user, case_id, "1.0")


async def test_what_the_customer_wants_in_its_thread_opens_a_closed_case_again(bench: CaseBench) -> None:
    root = await bench.hear(BROKEN)
    case_id = await bench.case_of(root)
    await bench.lifecycle.close(AGENT, case_id)
    bench.later(days=2)
    await bench.hear("收到,謝謝", thread_ts=root)
    assert (await bench.cases.dossier(case_id)).record.status is CaseStatus.CLOSED, "thanks want nothing"
    await bench.hear("又壞了,還是登不進去,請再處理", thread_ts=root)
    dossier = await bench.cases.dossier(case_id)
    assert dossier.record.status is CaseStatus.OPEN
    assert len(dossier.messages) == 3
    assert len(bench.chat.cards()) == 1


async def test_a_deleted_card_comes_again_only_for_a_case_that_wants_one(bench: CaseBench) -> None:
    first = await bench.hear(BROKEN)

    def take_the_card_away() -> None:
        bench.chat.deleted |= bench.chat.cards().keys()
        bench.chat.posts.clear()

    take_the_card_away()
    second = await bench.hear("到現在還是登不進去,快點處理")
    assert len(bench.chat.cards()) == 1
    bench.chat.deleted.clear()
    await bench.hear("", ts=first, kind=HeardKind.DELETED)
    take_the_card_away()
    await bench.hear("", ts=second, kind=HeardKind.DELETED)
    assert bench.chat.cards() == {}


async def test_everything_follows_a_merge(bench: CaseBench) -> None:
    source, target = await two_cases(bench)
    now = bench.clock.now()
    draft = DraftRecord("d1", source, Stage.EXPLAIN, Tone.FIRM, "您好", (), (), AGENT, now)
    async with bench.store.begin() as unit:
        await unit.drafts.add(draft)
        await unit.escalations.add(EscalationRecord("e1", source, "要免費", AGENT, now, ESCALATION))
        await unit.opportunities.add(OpportunityRecord(source, "opportunity.expired", None, now))
    await bench.cases.log(source, Done.HISTORY_CHECKED, AGENT)
    await bench.lifecycle.merge(AGENT, source, target)

    dossier = await bench.cases.dossier(target)
    assert [m.text for m in dossier.messages] == [BROKEN, PRINTER]
    assert [d.id for d in dossier.drafts] == ["d1"]
    assert [a.kind for a in dossier.actions] == [Done.HISTORY_CHECKED]
    assert dossier.escalation is not None
    assert dossier.opportunity is not None
    assert dossier.opportunity.case_id == source, "the buttons that sales has go on working"
    assert dossier.changes[-1].kind is ChangeKind.MERGED
    assert (await bench.cases.dossier(source)).record.id == target, "old buttons lead to the case that it became"
    cards = list(bench.chat.cards().values())
    assert "已併入另一個案件" in cards[0]
    assert "case_draft" not in cards[0]
    assert "把另一個案件併進來" in cards[1]


async def test_two_who_merge_at_once_merge_once(bench: CaseBench) -> None:
    source, target = await two_cases(bench)
    await bench.lifecycle.merge(AGENT, source, target)
    with pytest.raises(CaseMoved):
        await bench.lifecycle.merge(OTHER_AGENT, source, target)
    with pytest.raises(CaseMoved):
        await bench.lifecycle.merge(OTHER_AGENT, target, source)
    change = await bench.lifecycle.last_change(source)
    assert change is not None
    assert (change.kind, change.by) == (ChangeKind.MERGED, AGENT)


async def test_a_case_is_merged_neither_into_itself_nor_across_channels(bench: CaseBench) -> None:
    here = await bench.case_of(await bench.hear(BROKEN))
    bench.chat.shared.add("C2EXT")
    there = await bench.hear(PRINTER, channel="C2EXT")
    async with bench.store.read() as unit:
        elsewhere = await unit.cases.message("C2EXT", there)
    assert elsewhere is not None
    for target in (here, elsewhere.case_id):
        with pytest.raises(NotAllowed):
            await bench.lifecycle.merge(AGENT, here, target)


async def test_words_in_the_thread_of_a_merged_case_reach_the_case_it_became(bench: CaseBench) -> None:
    root = await bench.hear(BROKEN)
    bench.later(hours=6)
    target = await bench.case_of(await bench.hear(PRINTER))
    await bench.lifecycle.merge(AGENT, await bench.case_of(root), target)
    added = await bench.hear("登入畫面一直轉圈,請處理", thread_ts=root)
    assert await bench.case_of(added) == target


async def test_a_split_takes_the_chosen_message_and_what_came_after(bench: CaseBench) -> None:
    first = await bench.hear(BROKEN)
    second = await bench.hear(PRINTER)
    third = await bench.hear("印表機燈是亮的,請看一下")
    old = await bench.case_of(first)
    assert [m.ts for m in await bench.lifecycle.split_points(AGENT, old)] == [second, third]
    await bench.lifecycle.split(AGENT, old, second)
    new = await bench.case_of(second)
    assert new != old
    assert await bench.case_of(third) == new
    assert await bench.case_of(first) == old
    assert (await bench.cases.dossier(new)).record.reply_thread == second
    assert len(bench.chat.cards()) == 2
    assert await bench.case_of(await bench.hear("出貨單還是空白,請幫忙")) == new, (
        "the conversation goes on in the newer"
    )


async def test_a_case_can_be_split_at_the_message_that_slack_told_of_first(bench: CaseBench) -> None:
    second = await bench.hear(PRINTER, ts="200.0")
    first = await bench.hear(BROKEN, ts="100.0")
    old = await bench.case_of(first)
    await bench.lifecycle.split(AGENT, old, second)
    new = await bench.case_of(second)
    assert new != old
    assert (await bench.cases.dossier(old)).record.reply_thread == first
    assert (await bench.cases.dossier(new)).record.reply_thread == second


async def test_a_split_inside_a_thread_is_answered_in_that_thread(bench: CaseBench) -> None:
    root = await bench.hear(BROKEN)
    said = await bench.hear(PRINTER, thread_ts=root)
    await bench.lifecycle.split(AGENT, await bench.case_of(root), said)
    new = await bench.case_of(said)
    assert (await bench.cases.dossier(new)).record.reply_thread == root
    more = await bench.hear("出貨單要下午用,請快一點", thread_ts=root)
    assert await bench.case_of(more) == new, "the thread goes on in the case of what was said last"


async def test_a_split_undoes_a_merge(bench: CaseBench) -> None:
    first = await bench.hear(BROKEN)
    bench.later(hours=6)
    second = await bench.hear(PRINTER)
    earlier, later = await bench.case_of(first), await bench.case_of(second)
    await bench.lifecycle.merge(AGENT, later, earlier)
    await bench.lifecycle.split(AGENT, earlier, second)
    assert await bench.case_of(second) == later
    assert (await bench.cases.dossier(later)).record.status is CaseStatus.OPEN
    assert len(bench.chat.cards()) == 2


async def test_the_first_message_cannot_be_split_off(bench: CaseBench) -> None:
    first = await bench.hear(BROKEN)
    with pytest.raises(CaseMoved):
        await bench.lifecycle.split(AGENT, await bench.case_of(first), first)


async def test_an_edit_and_a_deletion_are_seen_on_the_card(bench: CaseBench) -> None:
    first = await bench.hear(BROKEN)
    await bench.hear("請問", ts="7.7")
    await bench.hear("ERP 當機了,請馬上處理", ts=first, kind=HeardKind.EDITED)
    card = next(iter(bench.chat.cards().values()))
    assert "改了一則訊息" in card
    assert "ERP 當機了" in card
    for ts in (first, "7.7"):
        await bench.hear("", ts=ts, kind=HeardKind.DELETED)
    card = next(iter(bench.chat.cards().values()))
    assert "已結案" in card
    assert "ERP 當機了" not in card, "what the customer took back stands nowhere"


async def test_an_engineer_who_answers_does_not_take_the_case(bench: CaseBench) -> None:
    case_id = await bench.case_of(await bench.hear(BROKEN))
    await bench.hear("我看一下 log", user=ENGINEER)
    assert (await bench.cases.dossier(case_id)).record.agent is None
    await bench.hear("我來處理", user=AGENT)
    await bench.hear("換我接手", user=OTHER_AGENT)
    assert (await bench.cases.dossier(case_id)).record.agent == OTHER_AGENT
