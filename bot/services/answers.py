"""Answers of a slow and sometimes absent source: asked once at a time, kept a while, and kept longer for bad days."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
_CAPACITY = 10_000


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``as_of`` is when the source said it; ``stale`` that it could not be asked again since it was due."""

    value: T
    as_of: datetime
    stale: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer[Any]
    at: float


class Answers:
    """A cache with single flight per key. Ages are seconds of ``monotonic``; ``now`` dates the answers."""

    def __init__(
        self,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        *,
        fresh_seconds: float,
        stale_seconds: float,
        capacity: int = _CAPACITY,
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self._fresh_seconds = fresh_seconds
        self._stale_seconds = stale_seconds
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._flights: dict[Hashable, asyncio.Task[Answer[Any]]] = {}

    async def get(
        self,
        key: Hashable,
        ask: Callable[[], Awaitable[T]],
        *,
        fresh: bool,
        survives: Callable[[Exception], bool],
    ) -> Answer[T]:
        """The kept answer while it is fresh, else what ``ask`` says; several who ask at once share one call.

        Where ``ask`` fails, an old answer is given as stale if the error ``survives``; otherwise it is
        dropped and the error raised. ``fresh`` passes over the fresh answer, not over the stale one.
        """
        kept = self._kept.get(key)
        if kept is not None and not fresh and self._age(kept) < self._fresh_seconds:
            return cast("Answer[T]", kept.answer)
        try:
            return await self._fly(key, ask)
        except Exception as error:
            if not survives(error):
                self._kept.pop(key, None)
                raise
            kept = self._kept.get(key)
            if kept is None or self._age(kept) >= self._stale_seconds:
                raise
            return Answer(kept.answer.value, kept.answer.as_of, stale=True)

    async def close(self) -> None:
        """Ends the calls that are under way."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    def _age(self, kept: _Kept) -> float:
        return self._monotonic() - kept.at

    async def _fly(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> Answer[T]:
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._asked(key, ask))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        return cast("Answer[T]", await asyncio.shield(flight))

    async def _asked(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> Answer[T]:
        answer = Answer(await ask(), self._now())
        self._kept[key] = _Kept(answer, self._monotonic())
        self._kept.move_to_end(key)
        while len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return answer

    def _landed(self, key: Hashable, flight: asyncio.Task[Answer[Any]]) -> None:
        del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # those who asked may all have left; the error is nobody's then
