"""Events are kept, taken in order, tried again, and given up on only after several tries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.store.store import SqlStore
from bot.domain.channels import ChannelMode
from bot.domain.desk import Heard, HeardKind, Places, Role
from bot.domain.reading.model import Variant
from bot.domain.reading.reader import Reader
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.intake import Intake
from bot.services.leases import LEASE, MAX_ATTEMPTS
from bot.services.people import People, Roster
from bot.services.tasks import Tasks
from tests.services.fakes import NOW, CountingIds, FakeAccounts, FakeChat, FixedClock, able_to_read

SCRIPTS = Path(__file__).parents[2] / "scripts_zh"
READER = Reader(load_lexicon(SCRIPTS / "lexicon"))
ROSTER = Roster({Role.AGENT: ("S1AGENTS",), Role.SUPERVISOR: ("S1SUP",)})


@dataclass
class Follower:
    """Stands for cards, escalations and opportunities: records what it was told of."""

    told: list[str] = field(default_factory=list)
    fail: int = 0

    async def refresh(self, case_id: str) -> None:
        if self.fail:
            self.fail -= 1
            raise RuntimeError("the card could not be drawn")
        self.told.append(case_id)

    async def consider(self, *about: object) -> None: ...

    async def consider_call(self, case_id: str, engineers: tuple[str, ...]) -> None: ...

    async def release(self) -> None: ...

    async def heard(self, heard: Heard) -> None: ...

    async def hear(self, heard: Heard) -> None:
        self.told.append(heard.text)


class Bench:
    """An intake over a real store, and how to feed it."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.cards, self.clock, self.tasks = store, Follower(), FixedClock(), Tasks()
        self.cases = CaseService(
            store,
            FakeAccounts(),
            able_to_read(READER),
            self.clock,
            CountingIds(),
            Variant.HANT,  # type: ignore[arg-type]
        )
        chat = FakeChat()
        follower: Any = self.cards
        places = Places("C1DESK", "C1ESC", "C1ESC", intake=frozenset({"B1MAIL"}))
        people = People(chat, ROSTER)
        channels = ChannelService(store, chat, places, self.clock, ChannelMode.CARD)
        self.intake = Intake(
            store, self.parse, self.cases, follower, follower, follower, follower, follower, follower,
            channels, people, places, self.clock, self.tasks,
        )  # fmt: skip
        self._count = 0

    def parse(self, payload: dict[str, Any]) -> Heard:
        return Heard(**{"kind": HeardKind.SAID, "channel": "C1EXT", "at": NOW, **payload["heard"]})

    async def hear(self, text: str, *, event_id: str = "", user: str = "U9CUSTOMER", **more: Any) -> str:
        self._count += 1
        ts = more.pop("ts", f"{self._count:06}.0")
        heard = {"ts": ts, "text": text, "user": user, **more}
        await self.intake.receive(event_id or f"Ev{self._count}", {"heard": heard})
        return ts

    async def rest(self) -> None:
        assert await self.tasks.drain(10) == 0

    async def texts(self) -> list[str]:
        async with self.store.read() as unit:
            cases = await unit.cases.open_cases()
            return [m.text for case in cases for m in await unit.cases.messages(case.id)]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield Bench(store)


async def test_a_repeated_event_is_worked_through_once(bench: Bench) -> None:
    await bench.hear("系統登不進去", event_id="Ev1", ts="1.0")
    await bench.hear("系統登不進去", event_id="Ev1", ts="1.0")
    await bench.rest()
    assert await bench.texts() == ["系統登不進去"]
    assert len(bench.cards.told) == 1


async def test_messages_of_a_conversation_make_one_case_in_order(bench: Bench) -> None:
    said = [f"第 {n} 句,系統登不進去" for n in range(12)]
    for text in said:
        await bench.hear(text)
    await bench.rest()
    assert await bench.texts() == said
    assert len(set(bench.cards.told)) == 1


async def test_after_the_window_a_message_begins_a_new_case(bench: Bench) -> None:
    await bench.hear("系統登不進去")
    await bench.rest()
    await bench.hear("報表印不出來", at=NOW + timedelta(hours=5))
    await bench.rest()
    assert len(set(bench.cards.told)) == 2


async def test_a_thread_is_a_case_of_its_own(bench: Bench) -> None:
    await bench.hear("系統登不進去")
    await bench.hear("另外報表也怪怪的", thread_ts="77.0")
    await bench.rest()
    assert len(set(bench.cards.told)) == 2


async def test_what_failed_is_tried_again_after_its_lease(bench: Bench) -> None:
    bench.cards.fail = 1
    await bench.hear("系統登不進去")
    await bench.rest()
    assert bench.cards.told == []
    bench.clock.at = NOW + LEASE + timedelta(seconds=1)
    await bench.intake.sweep()
    await bench.rest()
    assert len(bench.cards.told) == 1
    assert await bench.texts() == ["系統登不進去"], "heard once, however often the event was tried"


async def test_an_event_that_always_fails_is_given_up_on(bench: Bench) -> None:
    bench.cards.fail = 100
    await bench.hear("系統登不進去")
    await bench.rest()
    for attempt in range(1, 10):
        bench.clock.at = NOW + attempt * (LEASE + timedelta(seconds=1))
        await bench.intake.sweep()
        await bench.rest()
    assert 100 - bench.cards.fail == MAX_ATTEMPTS


async def test_what_one_of_ours_says_is_kept_and_makes_them_its_agent(bench: Bench) -> None:
    await bench.hear("系統登不進去")
    await bench.hear("我來看一下", user="U1AGENT")
    await bench.rest()
    async with bench.store.read() as unit:
        case = (await unit.cases.open_cases())[0]
    assert case.agent == "U1AGENT"


async def test_what_is_written_into_an_escalations_thread_is_heard_there(bench: Bench) -> None:
    await bench.hear("可以", user="U1SUP", channel="C1ESC", thread_ts="5.0")
    await bench.hear("大家早", user="U1SUP", channel="C1ESC")
    await bench.rest()
    assert bench.cards.told == ["可以"]


async def test_an_internal_channel_makes_no_case(bench: Bench) -> None:
    await bench.hear("系統登不進去", channel="C1GENERAL")
    await bench.rest()
    assert await bench.texts() == []


async def test_a_named_integration_speaks_for_customers_and_others_do_not(bench: Bench) -> None:
    await bench.hear("系統登不進去", user="", relayed_by=frozenset({"B1OTHER"}))
    await bench.hear("報表印不出來", user="", relayed_by=frozenset({"B1MAIL", "A1MAIL"}))
    await bench.rest()
    assert await bench.texts() == ["報表印不出來"]


async def test_an_edit_is_read_again_and_a_deletion_is_followed(bench: Bench) -> None:
    ts = await bench.hear("請問")
    await bench.rest()
    await bench.hear("系統登不進去,我要投訴", ts=ts, kind=HeardKind.EDITED)
    await bench.rest()
    assert await bench.texts() == ["系統登不進去,我要投訴"]
    await bench.hear("", ts=ts, kind=HeardKind.DELETED)
    await bench.rest()
    assert await bench.texts() == []
