"""Makes ready what messages will need, beside everything else, so that no message has to wait for it.

A pattern is compiled when a text first needs it, some milliseconds each: compiling all of them at once would delay
every start by half a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.reading.pattern import Pattern
from bot.services.knowledge import LiveKnowledge

_AT_ONCE = 8
_PAUSE_SECONDS = 0.01
_LOOK_EVERY_SECONDS = 1.0


async def keep_warm(live: LiveKnowledge) -> None:
    """Warms the reader, and each one that newer files bring. Runs until it is cancelled."""
    while True:
        reader = live.current.reader
        await _compile_all(reader.patterns)
        while live.current.reader is reader:  # noqa: ASYNC110 - who puts newer knowledge in place tells nobody
            await asyncio.sleep(_LOOK_EVERY_SECONDS)


async def _compile_all(patterns: Sequence[Pattern]) -> None:
    """In a thread and with pauses, so that nobody waits longer than for one switch of threads."""
    for start in range(0, len(patterns), _AT_ONCE):
        await asyncio.to_thread(_compile, patterns[start : start + _AT_ONCE])
        await asyncio.sleep(_PAUSE_SECONDS)


def _compile(patterns: Sequence[Pattern]) -> None:
    for pattern in patterns:
        pattern.compile()
