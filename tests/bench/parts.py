"""The product's hot paths without what comes after them: no card, no draft, no call to Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.clock import SystemClock
from bot.adapters.ids import RandomIds
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.slack.identity import SlackIdentity
from bot.adapters.store.store import SqlStore
from bot.bolt import build_app
from bot.domain.channels import ChannelMode
from bot.domain.desk import Places, Role
from bot.domain.reading.model import Variant
from bot.domain.reading.reader import Reader
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.intake import Intake
from bot.services.people import People, Roster
from bot.services.preferences import Preferences
from bot.services.tasks import Tasks
from handlers.drafts import DraftSurface
from handlers.events import Events
from handlers.guard import Guard
from handlers.metrics import Metrics
from handlers.payloads import parse_heard
from handlers.router import Router
from tests.services.fakes import FakeAccounts, FakeChat, able_to_read

SCRIPTS = Path(__file__).parents[2] / "scripts_zh"
ZONE = ZoneInfo("Asia/Taipei")


class Nothing:
    """Stands for the services that come after what is measured."""

    async def show(self, *args: Any, **more: Any) -> None: ...

    refresh = consider = heard = consider_call = show


@asynccontextmanager
async def quiet_bot(folder: Path) -> AsyncIterator[tuple[AsyncApp, Callable[[], Awaitable[object]]]]:
    """The app with its real listeners, store and reader, and how to wait for what they have begun."""
    nothing: Any = Nothing()
    async with await SqlStore.open(f"sqlite:///{folder / 'bench.db'}") as store:
        chat, clock, tasks = FakeChat(), SystemClock(ZONE), Tasks()
        metrics = Metrics(tasks.under_way)
        reader = Reader(load_lexicon(SCRIPTS / "lexicon"))
        cases = CaseService(store, FakeAccounts(), able_to_read(reader), clock, RandomIds(), Variant.HANT)  # type: ignore[arg-type]
        people = People(chat, Roster({Role.AGENT: ("S1AGENTS",)}))
        places = Places(desk="C1DESK", escalation="C1ESC", sales="C1ESC")
        parse = partial(parse_heard, zone=ZONE)
        channels = ChannelService(store, chat, places, clock, ChannelMode.NUDGE)
        intake = Intake(
            store, parse, cases, nothing, nothing, nothing, nothing, nothing, nothing, channels, people, places, clock, tasks
        )  # fmt: skip
        guard = Guard(chat, Preferences(store, chat), nothing, tasks, metrics)
        router = Router(guard, nothing.show)
        DraftSurface(nothing, nothing, nothing, chat, nothing).route(router)
        listeners = (Events(intake, nothing, nothing, nothing, chat, tasks, metrics), router)
        identity = SlackIdentity(team_id="T_HOME", bot_user_id="U0BOT", bot_id="B0")
        yield build_app(AsyncWebClient(token="xoxb-bench"), identity, listeners), partial(tasks.drain, 30)
