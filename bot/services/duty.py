"""Who answers a case that nobody has taken up."""

from __future__ import annotations

import asyncio

from bot.domain.channels import Rotation, on_duty
from bot.domain.desk import CaseRecord, Role
from bot.ports import Clock
from bot.services.people import People

SECONDS = 10.0
"""How long who is on the list may be older than what the platform says."""


class Duty:
    """``names`` are users and user groups in order; empty: all agents. The clock runs in the desk's time zone."""

    def __init__(self, people: People, clock: Clock, names: tuple[str, ...], rotation: Rotation) -> None:
        self._people = people
        self._clock = clock
        self._names = names
        self._rotation = rotation
        self._members: tuple[str, ...] = ()
        self._fresh_until = 0.0

    async def now(self) -> str | None:
        """None where nobody of ours is on the list, which is remembered for some seconds: each card asks."""
        now = asyncio.get_running_loop().time()
        if now >= self._fresh_until:
            self._members = await self._people.members(self._names or self._people.named(Role.AGENT))
            self._fresh_until = now + SECONDS
        return on_duty(self._members, self._rotation, self._clock.now())

    async def for_case(self, case: CaseRecord) -> str | None:
        """The agent of the case; else who is on duty."""
        return case.agent or await self.now()
