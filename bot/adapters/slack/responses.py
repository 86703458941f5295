"""Answers to a ``response_url``: they replace what only one person sees, which no other call can.

Outside facts: docs.slack.dev/interactivity/handling-user-interaction (five answers within thirty minutes).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.client import TIMEOUT
from bot.adapters.slack.errors import failures_named
from bot.domain.errors import ChatError

log = structlog.get_logger()

_OK = 200


class Responses:
    """Over the session of the one Web API client."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, address: str, body: Mapping[str, Any]) -> bool:
        """False where the address no longer takes it, or where nobody knows: then something else must be shown.

        The address is a secret of the person's click and is never logged.
        """
        webhook = AsyncWebhookClient(
            address, session=self._client.session, timeout=int(TIMEOUT.total or 10), retry_handlers=[]
        )
        try:
            with failures_named("response_url"):
                answer = await webhook.send_dict(dict(body))
        except ChatError as error:
            log.info("response_not_taken", error=type(error).__name__)
            return False
        return answer.status_code == _OK
