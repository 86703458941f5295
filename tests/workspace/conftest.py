"""A running workspace, a client for its Web API, a person at the control API, and a bot on each transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from tests.workspace.peers import HttpBot, Person, SocketBot, client, config, connected

Start = Callable[..., Awaitable[Workspace]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Starts workspaces with a changed configuration."""
    async with AsyncExitStack() as stack:

        async def run(**changes: Any) -> Workspace:
            running = Workspace(config(**changes))
            await running.start()
            stack.push_async_callback(running.stop)
            return running

        yield run


@pytest.fixture
async def workspace(start: Start) -> Workspace:
    return await start()


@pytest.fixture
def slack(workspace: Workspace) -> AsyncWebClient:
    return client(workspace)


@pytest.fixture
async def person(workspace: Workspace) -> AsyncIterator[Person]:
    async with aiohttp.ClientSession(workspace.url) as session:
        yield Person(session)


@pytest.fixture
async def bot(workspace: Workspace) -> AsyncIterator[SocketBot]:
    async with connected(workspace) as running:
        yield running


@pytest.fixture
async def http_bot() -> AsyncIterator[HttpBot]:
    serving = HttpBot()
    await serving.start()
    yield serving
    await serving.stop()


@pytest.fixture
async def http_person(start: Start, http_bot: HttpBot) -> AsyncIterator[Person]:
    """A person in a workspace that delivers to ``http_bot``."""
    running = await start(delivery="http", request_url=http_bot.url)
    async with aiohttp.ClientSession(running.url) as session:
        yield Person(session)
