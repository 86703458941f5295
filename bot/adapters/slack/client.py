"""The one Web API client, over one session for the whole process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.errors import LOCKED_OUT, code_of
from bot.domain.errors import ChatLockedOut, SettingsError

log = structlog.get_logger()

TIMEOUT = aiohttp.ClientTimeout(total=10.0, sock_connect=3.0)


class SlackClient(AsyncWebClient):
    """Stops calling where Slack no longer takes the token: one call a minute finds out whether it does again.

    ``locked_out`` is Slack's code for why, or None.
    """

    locked_out: str | None = None
    remedy = "install the app again and set SLACK_BOT_TOKEN"
    probe_seconds = 60.0
    _probe_at = 0.0

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Raises ``ChatLockedOut`` without a call while there is no hope of an answer."""
        now = asyncio.get_running_loop().time()
        if self.locked_out is not None and now < self._probe_at:
            raise ChatLockedOut(self.locked_out, api_method)
        try:
            answer = await super().api_call(api_method, **arguments)
        except SlackApiError as error:
            self._note(code_of(error), now)
            raise
        self._note(None, now)
        return answer

    def _note(self, code: str | None, now: float) -> None:
        if code is not None and code not in LOCKED_OUT:
            return  # an answer of another kind says nothing about the token
        if code != self.locked_out:
            if code is not None:
                log.error("slack_locked_out", code=code, do=self.remedy)
            else:
                log.info("slack_lets_in_again")
        self.locked_out = code
        self._probe_at = now + self.probe_seconds


@asynccontextmanager
async def slack_client(
    token: SecretStr | None, api_url: str, patience: aiohttp.ClientTimeout = TIMEOUT
) -> AsyncIterator[SlackClient]:
    """A client whose connections are shared and which repeats nothing by itself.

    By default slack_sdk opens a connection per call and repeats a call whose connection broke, which
    posted messages twice.
    """
    if token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set: copy the bot token (xoxb-…) from the app's page")
    async with aiohttp.ClientSession(timeout=patience) as session:
        yield SlackClient(
            token=token.get_secret_value(),
            base_url=api_url,
            session=session,
            retry_handlers=[],
        )


def client_of(person: str, token: str, bot: SlackClient) -> SlackClient:
    """A client that acts as ``person``, over the connections of the bot's. Its token may be refused while the bot's
    is not.
    """
    own = SlackClient(token=token, base_url=bot.base_url, session=bot.session, retry_handlers=[])
    own.remedy = f"renew the token of {person} in FENCUN_AGENT_TOKENS, or take it out"
    return own
