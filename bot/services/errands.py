"""What follows from a stored change: done at once, and taken up by whoever lives where a process died over it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import ChatError, CrmError, FencunError, FollowsLater, PlaceShared, StoreError
from bot.ports import Clock, Store
from bot.services.leases import LEASE, MAX_ATTEMPTS, PASSING, WAITS
from bot.services.tasks import Tasks

log = structlog.get_logger()

Run = Callable[[Errand], Awaitable[None]]
"""Does what the subject calls for as it stands. It may have been done in part, so each step is done once by itself."""

OUTSIDE = (ChatError, CrmError, StoreError, PlaceShared)
"""Errors that say nothing against the errand; any other of ours means that there is nothing to do any more."""


class Errands:
    """An errand is left in the unit that makes the change (``unit.errands.leave``), then begun here."""

    def __init__(self, store: Store, clock: Clock, tasks: Tasks) -> None:
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._runs: Mapping[ErrandKind, Run] = {}

    def carried_out_by(self, runs: Mapping[ErrandKind, Run]) -> None:
        """Set once, after everything that leaves errands was made."""
        self._runs = runs

    def new(
        self,
        kind: ErrandKind,
        subject: str,
        *,
        by: str | None = None,
        words: str | None = None,
        due: datetime | None = None,
    ) -> Errand:
        """To be begun at once by whoever leaves it; with ``due``, when that time has come."""
        now = self._clock.now()
        return Errand(kind, subject, now, due or now + LEASE, by, words, attempts=0 if due else 1)

    async def run(self, errand: Errand) -> None:
        """Carries out what was left just now. Raises ``FollowsLater`` where it has to wait for something outside."""
        try:
            await self._carry_out(errand)
        except PlaceShared:
            raise
        except PASSING as error:
            log.warning("errand_waits", kind=errand.kind, subject=errand.subject, error=str(error))
            raise FollowsLater(str(error)) from error

    def later(self, errand: Errand) -> None:
        """Runs it when it is due. Where this process has gone by then, another finds it."""
        seconds = (errand.due - self._clock.now()).total_seconds()
        self._tasks.later(seconds, lambda: self._take_up(errand), name=f"{errand.kind}:{errand.subject}")

    async def over(self, errand: Errand) -> None:
        """It is done, or there is nothing to be done any more."""
        async with self._store.begin() as unit:
            await unit.errands.done(errand)

    async def sweep(self) -> None:
        """Takes up what was left behind."""
        async with self._store.begin() as unit:
            found = await unit.errands.claim(self._clock.now(), LEASE)
        for errand in found:
            self._tasks.spawn(self._take_up(errand), name=f"{errand.kind}:{errand.subject}")

    async def _take_up(self, errand: Errand) -> None:
        try:
            await self._carry_out(errand)
        except (*PASSING, PlaceShared) as error:
            if self._clock.now() - errand.since > WAITS:
                await self._give_up(errand, error)
        except Exception as error:
            if isinstance(error, FencunError) and not isinstance(error, OUTSIDE):
                return
            log.exception("errand_failed", kind=errand.kind, subject=errand.subject, attempts=errand.attempts)
            if errand.attempts >= MAX_ATTEMPTS:
                await self._give_up(errand, error)

    async def _carry_out(self, errand: Errand) -> None:
        try:
            await self._runs[errand.kind](errand)
        except OUTSIDE:
            raise
        except FencunError:
            await self.over(errand)
            raise
        await self.over(errand)

    async def _give_up(self, errand: Errand, error: Exception) -> None:
        log.error("errand_given_up", kind=errand.kind, subject=errand.subject, error=str(error))
        await self.over(errand)
