"""Who somebody is at the desk, asked anew on every action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.desk import Role
from bot.domain.errors import ChatLockedOut, ChatUnreachable, NotAllowed
from bot.ports import Chat, Person


@dataclass(frozen=True, slots=True)
class Roster:
    """User ids and user group ids by role, as the settings name them."""

    members: dict[Role, tuple[str, ...]]


class People:
    """Roles of persons. An outsider has none, whatever the roster says."""

    def __init__(self, chat: Chat, roster: Roster) -> None:
        self._chat = chat
        self._roster = roster

    async def get(self, user: str) -> Person:
        """Raises ``ChatError`` where the platform cannot say now: it must not be taken for an outsider's answer."""
        person = await self._chat.person(user)
        if isinstance(person.fault, ChatUnreachable | ChatLockedOut):
            raise person.fault
        return person

    async def roles(self, user: str) -> frozenset[Role]:
        if (await self.get(user)).external:
            return frozenset()
        return frozenset([role for role in Role if await self._has(role, user)])

    async def require(self, user: str, *allowed: Role) -> Person:
        """The person, if one of ``allowed`` is theirs. Raises ``NotAllowed``, ``ChatError``."""
        person = await self.get(user)
        if not person.external:
            for role in allowed:
                if await self._has(role, user):
                    return person
        raise NotAllowed(user=user, allowed=[role.value for role in allowed])

    async def members(self, names: Sequence[str]) -> tuple[str, ...]:
        """The persons that ``names`` stand for, groups opened up, in a lasting order; outsiders are left out."""
        found: dict[str, None] = {}
        for name in names:
            members = sorted(await self._chat.group_members(name)) if _is_group(name) else [name]
            found.update(dict.fromkeys(members))
        return tuple([user for user in found if not (await self.get(user)).external])

    def named(self, role: Role) -> tuple[str, ...]:
        """The users and groups to mention for ``role``."""
        return self._roster.members.get(role, ())

    async def _has(self, role: Role, user: str) -> bool:
        for name in self.named(role):
            if name == user or (_is_group(name) and user in await self._chat.group_members(name)):
                return True
        return False


def _is_group(name: str) -> bool:
    """Slack's user group ids begin with S, user ids with U or W."""
    return name.startswith("S")
