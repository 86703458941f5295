"""What each of our people prefers: the language of the interface, and whether hints are wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.desk import Locale, Preference
from bot.ports import Chat, Store


class Preferences:
    def __init__(self, store: Store, chat: Chat) -> None:
        self._store = store
        self._chat = chat

    async def of(self, user: str) -> Preference:
        async with self._store.read() as unit:
            return await unit.preferences.of(user)

    async def locale(self, user: str) -> Locale:
        """What they chose, else what their platform says."""
        chosen = (await self.of(user)).locale
        return chosen or Locale.of((await self._chat.person(user)).locale)

    async def meet(self, user: str, at: datetime) -> bool:
        """False where the desk introduced itself to them before."""
        async with self._store.begin() as unit:
            known = await unit.preferences.of(user)
            if known.greeted_at is not None:
                return False
            await unit.preferences.save(replace(known, greeted_at=at))
        return True

    async def change(self, user: str, **changes: object) -> Preference:
        """Sets fields of a person's ``Preference``."""
        async with self._store.begin() as unit:
            changed = replace(await unit.preferences.of(user), **changes)  # type: ignore[arg-type]  # fields by name
            await unit.preferences.save(changed)
        return changed
