"""Calls to Slack's Web API. Retries live here and nowhere else: slack_sdk's own are switched off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from bot.adapters.slack.errors import NotSent, RateLimited, failures_named
from bot.domain.errors import ChatUnreachable

Method = Callable[..., Awaitable[AsyncSlackResponse]]

PATIENCE_SECONDS = 30.0
"""How long a call may go on in all, rate limits included."""

_ATTEMPTS = 4
_backoff = wait_random_exponential(multiplier=0.2, max=2.0)


class Again(Enum):
    """After what a call may be made again."""

    ANYTHING = (ChatUnreachable,)
    """Reads, and writes that come to the same when done twice."""
    NOTHING_DONE = (NotSent, RateLimited)
    """Writes that would show twice."""
    NEVER = ()
    """What nobody waits for any more when it is made again."""


async def call(method: Method, again: Again, **arguments: Any) -> Mapping[str, Any]:
    """Slack's answer. Raises ``ChatRefused`` or ``ChatUnreachable``."""
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(again.value),
        stop=stop_after_attempt(_ATTEMPTS) | stop_before_delay(PATIENCE_SECONDS),
        wait=_pause,
        reraise=True,
    )
    return await retrying(_once, method, arguments)


async def _once(method: Method, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    with failures_named(method.__name__, str(arguments.get("channel") or "")):
        response = await method(**arguments)
    data = response.data
    return data if isinstance(data, dict) else {}


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, RateLimited) else _backoff(state)
