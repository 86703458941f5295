"""Who answers a case that nobody has taken up."""

from __future__ import annotations

from bot.domain.channels import Rotation, on_duty
from bot.domain.desk import CaseRecord, Role
from bot.ports import Clock
from bot.services.people import People


class Duty:
    """``names`` are users and user groups in order; empty: all agents. The clock runs in the desk's time zone."""

    def __init__(self, people: People, clock: Clock, names: tuple[str, ...], rotation: Rotation) -> None:
        self._people = people
        self._clock = clock
        self._names = names
        self._rotation = rotation

    async def now(self) -> str | None:
        """None where nobody of ours is on the list."""
        members = await self._people.members(self._names or self._people.named(Role.AGENT))
        return on_duty(members, self._rotation, self._clock.now())

    async def for_case(self, case: CaseRecord) -> str | None:
        """The agent of the case; else who is on duty."""
        return case.agent or await self.now()
