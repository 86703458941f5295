"""What people prefer."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import Preference

_preference = tables.preferences.c
_preferences = Mapper(Preference, tables.preferences, {"user": "person"})

_OF = _preferences.select.where(_preference.person == bindparam("this_person"))
_CHANGE = update(tables.preferences).where(_preference.person == bindparam("this_person"))


class SqlPreferences(Repository):
    async def of(self, user: str) -> Preference:
        return await self._one(_preferences, _OF, this_person=user) or Preference(user)

    async def save(self, preference: Preference) -> None:
        values = _preferences.values(preference)
        if not await self._do(self._transaction.insert_new(tables.preferences), **values):
            await self._do(_CHANGE, this_person=preference.user, **values)
