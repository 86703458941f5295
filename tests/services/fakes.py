"""The world of the services, in memory: a chat that records, a clock that stands, a CRM that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.domain.desk import AccountAnswer, CaseRecord
from bot.domain.policy import Policy
from bot.domain.reading.reader import Reader
from bot.ports import Channel, Content, File, Person, Persona, Spot
from bot.services.knowledge import Knowledge, LiveKnowledge

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))

STAFF = {"U1AGENT": "S1AGENTS", "U1SUP": "S1SUP", "U1SALES": "S1SALES"}


class FixedClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class CountingIds:
    def __init__(self) -> None:
        self._count = 0

    def new(self, kind: str) -> str:
        self._count += 1
        return f"{kind}_{self._count}"


@dataclass
class Posted:
    op: str
    channel: str
    content: Content
    thread_ts: str | None = None
    persona: Persona | None = None

    @property
    def words(self) -> str:
        return f"{self.content.text} {self.content.blocks}"


@dataclass
class FakeChat:
    """Conforms to ``ports.Chat``; a post is made once per ``op``, as the port demands."""

    posts: dict[str, Posted] = field(default_factory=dict)
    updates: list[Posted] = field(default_factory=list)
    whispers: list[tuple[str, str, Content]] = field(default_factory=list)
    files: dict[str, tuple[str, tuple[File, ...], Content]] = field(default_factory=dict)
    reminders: dict[str, tuple[str, datetime, Content]] = field(default_factory=dict)
    fail_with: Exception | None = None

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        if self.fail_with is not None:
            raise self.fail_with
        self.posts.setdefault(op, Posted(op, channel, content, thread_ts, persona))
        return f"9{list(self.posts).index(op):03}.0"

    async def update(self, channel: str, ts: str, content: Content) -> None:
        self.updates.append(Posted(ts, channel, content))

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        self.whispers.append((user, channel, content))

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        self.whispers.append((user, spot.channel, content))

    async def dismiss(self, spot: Spot) -> None: ...

    async def direct(self, op: str, user: str, content: Content) -> str:
        return await self.post(op, f"D{user}", content)

    async def send_files(self, op: str, user: str, files: Sequence[File], comment: Content) -> bool:
        if op in self.files:
            return False
        self.files[op] = (user, tuple(files), comment)
        return True

    async def remind(self, op: str, user: str, at: datetime, content: Content) -> None:
        self.reminders.setdefault(op, (user, at, content))

    async def open_form(self, trigger_id: str, view: dict[str, object]) -> str:
        return "V1"

    async def update_form(self, view_id: str, view: dict[str, object]) -> None: ...

    async def publish_home(self, user: str, view: dict[str, object]) -> None: ...

    async def permalink(self, channel: str, ts: str) -> str | None:
        return f"https://slack.example/{channel}/{ts}"

    async def person(self, user: str) -> Person:
        return Person(user, user.title(), external=user not in STAFF, locale="zh-TW")

    async def channel(self, channel: str) -> Channel:
        return Channel(channel, channel, shared=channel.startswith("C1EXT"))

    async def group_members(self, group: str) -> frozenset[str]:
        return frozenset(user for user, of in STAFF.items() if of == group)

    async def find_by_email(self, email: str) -> str | None:
        return "U1SALES" if email == "sales@home.example" else None

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None: ...


@dataclass
class FakeAccounts:
    """Answers for every case the same."""

    answer: AccountAnswer = AccountAnswer()

    async def of_case(self, case: CaseRecord) -> AccountAnswer:
        return self.answer


def able_to_read(reader: Reader) -> LiveKnowledge:
    """All that a service needs which neither drafts nor speaks."""
    nothing: Any = None
    return LiveKnowledge(Knowledge(Policy(), reader, nothing, nothing, nothing, nothing, nothing, nothing))
