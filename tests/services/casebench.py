"""The desk without Slack: real services over a real store, a chat that records, a clock that stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from bot.adapters.store.store import SqlStore
from bot.domain.channels import ChannelMode, Rotation
from bot.domain.contracts import Account, Contract, Customer, Facet, Ref
from bot.domain.desk import AccountAnswer, Dossier, Heard, HeardKind, Places, Role
from bot.domain.errors import ChatRefused, ChatUnreachable
from bot.domain.reading.model import Variant
from bot.knowledge import load_knowledge
from bot.ports import Channel, Content, Person, Persona, Spot
from bot.services.bypass import BypassService
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.duty import Duty
from bot.services.intake import Intake
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.lifecycle import CaseLifecycle
from bot.services.nudges import NudgeService
from bot.services.owners import Owners
from bot.services.people import People, Roster
from bot.services.preferences import Preferences
from bot.services.private_chat import PrivateChat
from bot.services.sharing import Sharing
from bot.services.tasks import Tasks
from config.settings import load_settings
from handlers.blocks.case_presenter import CaseBlocks
from handlers.blocks.presenter import BlockPresenter
from handlers.blocks.words import Vocabulary
from tests.services.fakes import NOW, CountingIds, FakeAccounts, FakeChat, FixedClock

DESK, ESCALATION, SUPPORT = "C1DESK", "C1ESC", "C1EXT"
CUSTOMER, AGENT, OTHER_AGENT, SUPERVISOR, ENGINEER = "U9CUSTOMER", "U1AGENT", "U2AGENT", "U1SUP", "U1ENG"
GROUPS = {"S1AGENTS": {AGENT, OTHER_AGENT}, "S1SUP": {SUPERVISOR}, "S1ENG": {ENGINEER}}
ROSTER = Roster({Role.AGENT: ("S1AGENTS",), Role.SUPERVISOR: ("S1SUP",), Role.ENGINEER: ("S1ENG",)})
PLACES = Places(DESK, ESCALATION, ESCALATION)

EXPIRED = Account(
    Customer(Ref("sql", "YF-1"), "永豐紡織"),
    Facet((Contract(Ref("sql", "C-1"), "MA-1", "維護", "ERP", date(2025, 1, 1), date(2026, 1, 31)),)),
    as_of=NOW,
    stale=False,
    source="sql",
)


@cache
def knowledge() -> Knowledge:
    return load_knowledge(load_settings())


@dataclass
class Town(FakeChat):
    """``shared`` are the channels that another organisation reads; ``dark`` those nobody can ask about."""

    shared: set[str] = field(default_factory=lambda: {SUPPORT})
    dark: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    """Posts that somebody has taken away, by their ts."""
    absent: set[str] = field(default_factory=set)
    """Who is not in the channel with the customer."""
    fail_once: Exception | None = None
    store: SqlStore | None = None
    """Where the outbox would note what was posted."""

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        ts = await super().post(op, channel, content, thread_ts=thread_ts, persona=persona)
        if self.store is not None:
            async with self.store.begin() as unit:
                await unit.posts.intend(op, channel, NOW)
                await unit.posts.posted(op, ts)
        return ts

    async def update(self, channel: str, ts: str, content: Content) -> None:
        if ts in self.deleted:
            raise ChatRefused("message_not_found", "chat.update")
        await super().update(channel, ts, content)

    async def person(self, user: str) -> Person:
        ours = any(user in members for members in GROUPS.values()) or user == "U1NOROLE"
        return Person(user, f"{user} 先生", external=not ours, locale="zh-TW")

    async def group_members(self, group: str) -> frozenset[str]:
        return frozenset(GROUPS.get(group, ()))

    async def channel(self, channel: str) -> Channel:
        if channel in self.dark:
            return Channel(channel, channel, shared=True, fault=ChatUnreachable("conversations_info"))
        return Channel(channel, channel, shared=channel in self.shared)

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        failure, self.fail_once = self.fail_once, None
        if failure is not None:
            raise failure
        if user in self.absent:
            raise ChatRefused("user_not_in_channel")
        await super().whisper(user, channel, content, thread_ts=thread_ts)

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        await self.whisper(user, spot.channel, content)

    def told(self, user: str) -> list[str]:
        """What ``user`` alone was shown."""
        whispered = [str(content.blocks) for to, _, content in self.whispers if to == user]
        return whispered + [post.words for post in self.posts.values() if post.channel == f"D{user}"]

    def cards(self) -> dict[str, str]:
        """Each card as it stands now, by its ts."""
        posted = [post for op, post in self.posts.items() if op.startswith("card:")]
        shown = {f"9{list(self.posts.values()).index(post):03}.0": post.words for post in posted}
        return shown | {update.op: update.words for update in self.updates if update.op in shown}


class Nobody:
    """Stands for what these tests are not about."""

    async def consider(self, case_id: str, seen: Dossier | None = None) -> None: ...

    async def heard(self, heard: Heard) -> None: ...


class CaseBench:
    def __init__(
        self, store: SqlStore, *, mode: ChannelMode = ChannelMode.CARD, known: Knowledge | None = None
    ) -> None:
        self.store, self.chat, self.clock, self.tasks = store, Town(store=store), FixedClock(), Tasks()
        live, ids = LiveKnowledge(known or knowledge()), CountingIds()
        self.live = live
        self.accounts = FakeAccounts(AccountAnswer(account=EXPIRED))
        accounts: Any = self.accounts
        self.people = People(self.chat, ROSTER)
        self.preferences = Preferences(store, self.chat)
        blocks, presenter = CaseBlocks(Vocabulary(live)), BlockPresenter(live)
        owners = Owners(self.chat, self.people, self.preferences, presenter, PLACES, self.clock)
        self.sharing = Sharing(store, self.chat, owners, PLACES, self.clock)
        self.private = PrivateChat(self.chat, self.sharing, owners, PLACES)
        chat = self.private
        self.channels = ChannelService(store, chat, PLACES, self.clock, mode)
        self.duty = Duty(self.people, self.clock, (), Rotation.FIRST)
        self.cases = CaseService(store, accounts, live, self.clock, ids, Variant.HANT)
        self.cards = CardService(self.cases, self.channels, self.duty, live, store, chat, blocks, PLACES, self.tasks)
        self.lifecycle = CaseLifecycle(store, self.cards, self.people, self.clock, ids)
        self.nudges = NudgeService(
            store, self.cases, self.channels, self.duty, self.preferences, live, chat, blocks, self.clock
        )
        self.bypass = BypassService(
            store, self.cases, self.cards, self.channels, self.duty, self.preferences, live, chat, blocks
        )
        nobody: Any = Nobody()
        self.intake = Intake(
            store, self._parse, self.cases, self.cards, nobody, nobody, self.nudges, self.bypass, nobody,
            self.channels, self.people, PLACES, self.clock, self.tasks,
        )  # fmt: skip
        self._count = 0

    def _parse(self, payload: dict[str, Any]) -> Heard:
        return Heard(**{"kind": HeardKind.SAID, "channel": SUPPORT, "at": self.clock.at, **payload["heard"]})

    async def hear(self, text: str, *, user: str = CUSTOMER, **more: Any) -> str:
        """Somebody writes, and everything that follows has happened."""
        self._count += 1
        at: datetime = self.clock.at
        ts: str = more.pop("ts", f"{at.astimezone(UTC).timestamp():.0f}.{self._count:06}")
        heard = {"ts": ts, "text": text, "user": user, **more}
        await self.intake.receive(f"Ev{self._count}", {"heard": heard})
        assert await self.tasks.drain(20) == 0
        return ts

    def later(self, **how_long: float) -> None:
        self.clock.at += timedelta(**how_long)

    async def case_of(self, ts: str) -> str:
        async with self.store.read() as unit:
            message = await unit.cases.message(SUPPORT, ts)
        assert message is not None
        return message.case_id
