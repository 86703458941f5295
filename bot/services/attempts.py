"""Asking a source that may be slow, busy or down: several times, within one deadline, never too fast."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_random_exponential

from bot.domain.errors import CrmRateLimited, CrmRetryable, CrmUnavailable
from bot.services.throttle import TokenBucket

T = TypeVar("T")


class Attempts:
    """``deadline`` and the waits between attempts are seconds; the waits are drawn at random up to ``longest_wait``."""

    def __init__(
        self, bucket: TokenBucket, *, deadline: float, attempts: int, first_wait: float, longest_wait: float
    ) -> None:
        self._bucket = bucket
        self._deadline = deadline
        self._attempts = attempts
        self._backoff = wait_random_exponential(multiplier=first_wait, max=longest_wait)
        self._asking: set[asyncio.Task[Any]] = set()

    def until(self) -> float:
        """The loop's time at which a question that starts now has to be answered."""
        return asyncio.get_running_loop().time() + self._deadline

    async def within(self, until: float, ask: Callable[[], Awaitable[T]]) -> T:
        """What ``ask`` answers, tried again where it raises ``CrmRetryable``.

        Raises ``CrmUnavailable`` at the deadline; a call that will not stop is then not waited for.
        """
        left = max(until - asyncio.get_running_loop().time(), 0.0)
        asking = asyncio.create_task(self._retried(left, ask))
        self._asking.add(asking)
        asking.add_done_callback(self._landed)
        try:
            done, _ = await asyncio.wait({asking}, timeout=left)
        except asyncio.CancelledError:
            asking.cancel()
            raise
        if done:
            return asking.result()
        asking.cancel()
        raise CrmUnavailable(f"the CRM gave no answer within {self._deadline:g} s")

    async def close(self) -> None:
        """Waits for calls that were given up and are slow to stop."""
        await asyncio.gather(*self._asking, return_exceptions=True)

    async def _retried(self, left: float, ask: Callable[[], Awaitable[T]]) -> T:
        async def once() -> T:
            await self._bucket.take()
            return await ask()

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(CrmRetryable),
            stop=stop_after_attempt(self._attempts) | stop_before_delay(left),
            wait=self._wait,
            sleep=asyncio.sleep,
            reraise=True,
        )
        return await retrying(once)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, CrmRateLimited) else None
        return self._backoff(state) if asked is None else max(asked, 0.0)

    def _landed(self, asking: asyncio.Task[Any]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # where it was given up, nobody else looks at it
