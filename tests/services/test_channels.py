"""What the desk does in a channel: modes, duty, nudges, quiet hours, places that become shared, bypasses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.cases import Case
from bot.domain.channels import ChannelMode, Rotation
from bot.domain.contracts import Facet
from bot.domain.desk import AccountAnswer, HeardKind
from bot.domain.errors import ChatUnreachable, NotAllowed, PlaceShared
from bot.domain.lint.context import LintContext
from bot.ports import Content
from bot.services.duty import Duty
from tests.services.casebench import (
    AGENT,
    CUSTOMER,
    DESK,
    ENGINEER,
    ESCALATION,
    EXPIRED,
    OTHER_AGENT,
    SUPERVISOR,
    SUPPORT,
    CaseBench,
    knowledge,
)

BROKEN = "ERP 登不進去,請幫忙看一下"
NIGHT = datetime.fromisoformat("2026-11-22T22:30:00+08:00")
SECRET = Content("合約已到期")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield store


@pytest.fixture
async def bench(store: SqlStore) -> CaseBench:
    return CaseBench(store)


@pytest.fixture
async def nudging(store: SqlStore) -> CaseBench:
    return CaseBench(store, mode=ChannelMode.NUDGE)


async def test_off_keeps_nothing_but_follows_what_is_taken_back(bench: CaseBench) -> None:
    kept = await bench.hear(BROKEN)
    await bench.channels.set_mode(SUPPORT, ChannelMode.OFF, AGENT)
    ts = await bench.hear("另外報表也壞了,請處理")
    async with bench.store.read() as unit:
        assert await unit.cases.message(SUPPORT, ts) is None
    assert not await bench.store.claim_events(bench.clock.at + timedelta(hours=1), timedelta(seconds=1), 10)
    await bench.hear("", ts=kept, kind=HeardKind.DELETED)
    async with bench.store.read() as unit:
        assert await unit.cases.message(SUPPORT, kept) is None


async def test_shadow_keeps_without_a_card_and_card_brings_it_with_the_next_word(bench: CaseBench) -> None:
    await bench.channels.set_mode(SUPPORT, ChannelMode.SHADOW, AGENT)
    case_id = await bench.case_of(await bench.hear(BROKEN))
    assert bench.chat.posts == {}
    await bench.channels.set_mode(SUPPORT, ChannelMode.CARD, AGENT)
    await bench.cards.refresh(case_id)
    assert len(bench.chat.cards()) == 1


async def test_the_agent_on_duty_is_nudged_at_most_once_in_ten_minutes(nudging: CaseBench) -> None:
    await nudging.hear(BROKEN)
    assert len(nudging.chat.told(AGENT)) == 1
    assert "永豐紡織" in nudging.chat.told(AGENT)[0]
    nudging.later(minutes=5)
    await nudging.hear("還是登不進去,請快一點")
    assert len(nudging.chat.told(AGENT)) == 1
    nudging.later(minutes=6)
    await nudging.hear("請問處理到哪裡了?")
    assert len(nudging.chat.told(AGENT)) == 2
    assert nudging.chat.told(OTHER_AGENT) == []


async def test_who_answered_last_is_nudged_and_thanks_nudge_nobody(nudging: CaseBench) -> None:
    root = await nudging.hear(BROKEN)
    await nudging.hear("我來看", user=OTHER_AGENT, thread_ts=root)
    nudging.later(minutes=20)
    await nudging.hear("好的,謝謝", thread_ts=root)
    assert nudging.chat.told(OTHER_AGENT) == []
    await nudging.hear("還是登不進去,請再處理", thread_ts=root)
    assert len(nudging.chat.told(OTHER_AGENT)) == 1


async def test_quiet_hours_hold_the_nudge_until_they_end(nudging: CaseBench) -> None:
    nudging.clock.at = NIGHT
    await nudging.hear(BROKEN)
    assert len(nudging.chat.cards()) == 1, "the card comes all the same"
    await nudging.nudges.release()
    assert nudging.chat.told(AGENT) == []
    nudging.later(hours=9, minutes=40)
    await nudging.nudges.release()
    await nudging.nudges.release()
    assert len(nudging.chat.told(AGENT)) == 1


async def test_who_was_answered_in_the_night_nudges_nobody_in_the_morning(nudging: CaseBench) -> None:
    nudging.clock.at = NIGHT
    await nudging.hear(BROKEN)
    await nudging.hear("已經處理好了", user=SUPERVISOR)
    nudging.later(hours=10)
    await nudging.nudges.release()
    assert nudging.chat.told(AGENT) == []
    assert nudging.chat.told(SUPERVISOR) == []


@pytest.mark.parametrize(
    ("rotation", "hours", "expected"),
    [(Rotation.FIRST, 24, AGENT), (Rotation.DAY, 24, OTHER_AGENT), (Rotation.HOUR, 1, OTHER_AGENT)],
)
async def test_the_duty_list_takes_turns(bench: CaseBench, rotation: Rotation, hours: int, expected: str) -> None:
    duty = Duty(bench.people, bench.clock, ("S1AGENTS", CUSTOMER), rotation)
    while await duty.now() != AGENT:
        bench.later(hours=hours)
    bench.later(hours=hours)
    assert await duty.now() == expected


async def test_a_desk_that_becomes_shared_gets_nothing_more_and_its_owners_are_told_once(bench: CaseBench) -> None:
    await bench.hear(BROKEN)
    before = bench.chat.cards()
    bench.chat.shared.add(DESK)
    case_id = await bench.case_of(await bench.hear("還有報表也印不出來,請處理"))
    await bench.hear("請問好了嗎?請快一點")
    assert bench.chat.cards() == before
    with pytest.raises(PlaceShared):
        await bench.private.post("x", DESK, SECRET)
    warned = bench.chat.told(SUPERVISOR)
    assert len(warned) == 1
    assert "共用" in warned[0]
    assert bench.chat.told(AGENT) == []

    bench.chat.shared.discard(DESK)
    assert await bench.sharing.changed(DESK)
    await bench.cards.resume()
    assert "3 則訊息" in next(iter(bench.chat.cards().values()))
    assert len((await bench.cases.dossier(case_id)).messages) == 3, "the case itself went on"
    assert len(bench.chat.told(SUPERVISOR)) == 2


async def test_a_second_time_shared_is_told_again(bench: CaseBench) -> None:
    for _ in range(2):
        bench.chat.shared.add(ESCALATION)
        await bench.sharing.changed(ESCALATION)
        await bench.sharing.changed(ESCALATION)
        bench.chat.shared.discard(ESCALATION)
        await bench.sharing.changed(ESCALATION)
        bench.later(hours=1)
    assert len(bench.chat.told(SUPERVISOR)) == 4


async def test_what_ended_while_nobody_ran_is_told_again_the_next_time(bench: CaseBench) -> None:
    bench.chat.shared.add(DESK)
    await bench.sharing.changed(DESK)
    bench.chat.shared.discard(DESK)
    restarted = CaseBench(bench.store)
    await restarted.private.post("first", DESK, SECRET)
    restarted.later(hours=1)
    restarted.chat.shared.add(DESK)
    await restarted.sharing.changed(DESK)
    assert ["不再" in words for words in restarted.chat.told(SUPERVISOR)] == [True, False]


async def test_a_post_that_comes_before_the_news_of_the_end_keeps_no_card_back(bench: CaseBench) -> None:
    bench.chat.shared.add(DESK)
    await bench.hear(BROKEN)
    bench.chat.shared.discard(DESK)
    await bench.private.post("x", DESK, SECRET)
    assert await bench.sharing.changed(DESK), "the cards have still to catch up"
    assert not await bench.sharing.changed(DESK)


async def test_a_nudge_that_cannot_be_shown_in_the_channel_comes_directly(nudging: CaseBench) -> None:
    nudging.chat.absent.add(AGENT)
    await nudging.hear(BROKEN)
    assert [post.channel for op, post in nudging.chat.posts.items() if op.startswith("nudge:")] == [f"D{AGENT}"]


async def test_one_nudge_that_fails_in_the_morning_keeps_none_of_the_others(nudging: CaseBench) -> None:
    nudging.clock.at = NIGHT
    await nudging.hear(BROKEN, thread_ts="1.0")
    await nudging.hear("報表壞了,請處理", thread_ts="2.0")
    nudging.later(hours=10)
    nudging.chat.fail_once = ChatUnreachable("chat_postEphemeral")
    await nudging.nudges.release()
    assert len(nudging.chat.told(AGENT)) == 1


async def test_nothing_internal_is_ever_posted_where_outsiders_read(bench: CaseBench) -> None:
    with pytest.raises(PlaceShared):
        await bench.private.post("x", SUPPORT, SECRET)
    with pytest.raises(PlaceShared):
        await bench.private.update(SUPPORT, "1.0", SECRET)
    for say in (bench.private.whisper(CUSTOMER, SUPPORT, SECRET), bench.private.direct("x", CUSTOMER, SECRET)):
        with pytest.raises(NotAllowed):
            await say
    await bench.private.post("reply", SUPPORT, replace(SECRET, public=True))
    await bench.private.whisper(AGENT, SUPPORT, SECRET)
    assert set(bench.chat.posts) == {"reply"}


async def test_where_nobody_can_tell_who_reads_along_nothing_is_said(bench: CaseBench) -> None:
    bench.chat.dark.add(DESK)
    with pytest.raises(ChatUnreachable):
        await bench.private.post("x", DESK, SECRET)
    assert bench.chat.told(SUPERVISOR) == [], "an outage is no sharing"


async def test_rule_25_a_customer_without_cover_who_asks_for_an_engineer_is_caught(bench: CaseBench) -> None:
    await bench.hear(f"@{ENGINEER} 你直接幫我看一下 ERP 為什麼登不進去", mentions=(ENGINEER,))
    agent, engineer = bench.chat.told(AGENT), bench.chat.told(ENGINEER)
    assert len(agent) == len(engineer) == 1
    assert "可以這樣說" in agent[0]
    assert "已到期" in agent[0]
    assert "可以這樣回" in engineer[0]
    assert "永豐紡織" in engineer[0], "a hand-off without case and cover is none (rule 26)"
    assert "要找工程師" in next(iter(bench.chat.cards().values()))
    assert f"@{ENGINEER} 先生" in next(iter(bench.chat.cards().values())), "people read names, not ids"
    await bench.hear(f"@{ENGINEER} 拜託直接幫我看", mentions=(ENGINEER,))
    assert len(bench.chat.told(AGENT)) == len(bench.chat.told(ENGINEER)) == 1, "once per case"
    assert not [post for post in bench.chat.posts.values() if post.channel == SUPPORT], "nothing in public"


async def test_an_edit_still_asks_for_the_engineer_it_names(bench: CaseBench) -> None:
    ts = await bench.hear(BROKEN)
    await bench.hear(f"@{ENGINEER} ERP 登不進去", ts=ts, mentions=(ENGINEER,), kind=HeardKind.EDITED)
    assert "要找工程師" in next(iter(bench.chat.cards().values()))


async def test_rule_26_an_engineer_who_answers_alone_is_handed_the_words_to_give_back(bench: CaseBench) -> None:
    await bench.hear(BROKEN)
    await bench.hear("我遠端進去看一下好了", user=ENGINEER)
    assert len(bench.chat.told(ENGINEER)) == 1
    assert len(bench.chat.told(AGENT)) == 1


async def test_an_engineer_beside_the_agent_is_no_bypass(bench: CaseBench) -> None:
    await bench.hear(BROKEN)
    await bench.hear("我請工程師補充", user=AGENT)
    await bench.hear("這是快取問題,重新登入即可", user=ENGINEER)
    assert bench.chat.told(ENGINEER) == []


async def test_a_customer_with_a_contract_may_ask_for_an_engineer(bench: CaseBench) -> None:
    contract = replace(EXPIRED.contracts.items[0], end=datetime(2027, 12, 31).date())
    bench.accounts.answer = AccountAnswer(account=replace(EXPIRED, contracts=Facet((contract,))))
    await bench.hear(f"@{ENGINEER} 請直接幫我看一下 ERP", mentions=(ENGINEER,))
    assert bench.chat.told(AGENT) == []
    assert bench.chat.told(ENGINEER) == []


async def test_who_wants_no_alerts_gets_none(bench: CaseBench) -> None:
    await bench.preferences.change(ENGINEER, alerts=False)
    await bench.hear(f"@{ENGINEER} 你直接幫我看一下 ERP", mentions=(ENGINEER,))
    assert bench.chat.told(ENGINEER) == []
    assert len(bench.chat.told(AGENT)) == 1


def test_every_mode_answers_to_its_name_in_both_scripts() -> None:
    texts = knowledge().texts
    for mode in ChannelMode:
        for locale in ("hant", "hans", "en"):
            assert texts.get(f"desk.mode_words.{mode.name.lower()}", locale).split()


@pytest.mark.parametrize("locale", ["hant", "hans"])
def test_the_words_that_hand_a_customer_back_break_no_rule_of_ours(locale: str) -> None:
    known = knowledge()
    said = known.texts.get("bypass.reply", locale)
    assert known.linter.check(said, LintContext.of(Case("case_1", NIGHT, ()), known.policy)) == ()
