"""How long kept work belongs to whoever took it, how often it is tried, and what it waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.domain.errors import ChatClosed, ChatLockedOut, ChatUnreachable, StoreError

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long work may take before it counts as left behind by a crash."""
SWEEP_SECONDS = 15.0
"""Between two looks for what was left behind."""
MAX_ATTEMPTS = 5
PASSING = (ChatUnreachable, ChatClosed, ChatLockedOut, StoreError)
"""Trouble that lies outside and that somebody mends: work waits for that, and is not given up after some tries."""
WAITS = timedelta(days=1)


async def forever(sweep: Callable[[], Awaitable[None]]) -> None:
    """Looks again and again for what was left behind; a store that is down is asked at the next look."""
    while True:
        try:
            await sweep()
        except StoreError as error:
            log.warning("sweep_failed", error=str(error))
        await asyncio.sleep(SWEEP_SECONDS)
