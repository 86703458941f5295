"""The one Web API client, over one session for the whole process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SettingsError

TIMEOUT = aiohttp.ClientTimeout(total=10.0, sock_connect=3.0)


@asynccontextmanager
async def slack_client(
    token: SecretStr | None, api_url: str, patience: aiohttp.ClientTimeout = TIMEOUT
) -> AsyncIterator[AsyncWebClient]:
    """A client whose connections are shared and which repeats nothing by itself.

    By default slack_sdk opens a connection per call and repeats a call whose connection broke, which
    posted messages twice.
    """
    if token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set: copy the bot token (xoxb-…) from the app's page")
    async with aiohttp.ClientSession(timeout=patience) as session:
        yield AsyncWebClient(
            token=token.get_secret_value(),
            base_url=api_url,
            session=session,
            retry_handlers=[],
        )
