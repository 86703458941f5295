"""A loopback Slack, a real client against it and a real store."""

from datetime import UTC, datetime

import aiohttp
import pytest
from pydantic import SecretStr

from bot.adapters.slack.chat import SlackChat
from bot.adapters.slack.client import slack_client
from bot.adapters.slack.identity import identify
from bot.adapters.store.store import SqlStore
from tests.adapters.slack.loopback import running


class FixedClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
async def slack():
    async with running() as slack:
        yield slack


@pytest.fixture
async def store(tmp_path):
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'fencun.db'}") as store:
        yield store


@pytest.fixture
async def web_client(slack):
    patience = aiohttp.ClientTimeout(total=0.5)
    async with slack_client(SecretStr("xoxb-fencun-local"), slack.url, patience) as web_client:
        yield web_client


@pytest.fixture
async def chat(web_client, store, clock):
    return SlackChat(web_client, store, await identify(web_client), clock)
