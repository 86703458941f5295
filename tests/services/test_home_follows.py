"""A page that is open follows what happens: published anew when it has changed, and only then, and only while looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.desk import Locale, Preference, Role
from bot.domain.home import Home, HomeList, Page
from bot.services.home import LOOKING, HomeService
from bot.services.people import People, Roster
from tests.services.fakes import FakeChat, FixedClock

AGENT, SUPERVISOR = "U1AGENT", "U1SUP"


@dataclass
class Lists:
    """Every list is empty, but for how often something happened."""

    happened: int = 0
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def cases(self, user: str, offset: int) -> Page[Any]:
        self.asked.append((user, offset))
        return Page((self.happened,), offset)  # type: ignore[arg-type]  # the presenter below takes anything

    async def drafts(self, user: str, offset: int) -> Page[Any]:
        return Page(())

    promises = escalations = overdue = opportunities = calls = untaken = drafts


class Presenter:
    def home(self, home: Home, locale: Locale) -> dict[str, object]:
        return {"cases": home.cases and home.cases.lines, "new": home.new}


class Personal:
    async def meets(self, user: str) -> bool:
        return user == AGENT


class Preferences:
    async def of(self, user: str) -> Preference:
        return Preference(user)

    async def locale(self, user: str) -> Locale:
        return Locale.HANT


class Homes(FakeChat):
    def __init__(self) -> None:
        super().__init__()
        self.published: list[tuple[str, dict[str, object]]] = []

    async def publish_home(self, user: str, view: dict[str, object]) -> None:
        self.published.append((user, view))


class Bench:
    def __init__(self) -> None:
        self.lists, self.chat, self.clock = Lists(), Homes(), FixedClock()
        people = People(self.chat, Roster({Role.AGENT: ("S1AGENTS",), Role.SUPERVISOR: ("S1SUP",)}))
        fakes: Any = (self.lists, people, Personal(), Preferences(), self.chat, Presenter(), self.clock)
        self.home = HomeService(*fakes)


async def test_a_page_is_published_anew_when_it_changed_and_only_then() -> None:
    bench = Bench()
    await bench.home.show(AGENT)
    await bench.home.follow()
    assert len(bench.chat.published) == 1
    bench.lists.happened = 1
    await bench.home.follow()
    await bench.home.follow()
    assert [view["cases"] for _, view in bench.chat.published] == [(0,), (1,)]


async def test_what_a_newcomer_reads_stays_while_they_read_it() -> None:
    bench = Bench()
    await bench.home.show(AGENT)
    bench.lists.happened = 1
    await bench.home.follow()
    assert [view["new"] for _, view in bench.chat.published] == [True, True]


async def test_a_page_stays_where_it_was_turned_to() -> None:
    bench = Bench()
    await bench.home.show(AGENT, {HomeList.CASES: 5})
    await bench.home.follow()
    assert bench.lists.asked == [(AGENT, 5), (AGENT, 5)]


async def test_lookers_take_turns_and_are_left_alone_after_a_while() -> None:
    bench = Bench()
    await bench.home.show(AGENT)
    await bench.home.show(SUPERVISOR)
    bench.lists.asked.clear()
    for _ in range(4):
        await bench.home.follow()
    assert [user for user, _ in bench.lists.asked] == [AGENT, SUPERVISOR, AGENT, SUPERVISOR]
    bench.clock.at += LOOKING + timedelta(seconds=1)
    bench.lists.asked.clear()
    for _ in range(4):
        await bench.home.follow()
    assert bench.lists.asked == []
