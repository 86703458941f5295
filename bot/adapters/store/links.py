"""Which customer a channel belongs to, where people said so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Repository

_link = tables.links.c
_THIS = _link.channel == bindparam("this_channel")
_CUSTOMER_OF = select(_link.customer_id).where(_THIS)
_RELINK = update(tables.links).where(_THIS)
_UNLINK = delete(tables.links).where(_THIS)


class SqlLinks(Repository):
    async def customer_of(self, channel: str) -> str | None:
        customer_id: str | None = await self._scalar(_CUSTOMER_OF, this_channel=channel)
        return customer_id

    async def link(self, channel: str, customer_id: str, by: str, at: datetime) -> None:
        said = {"customer_id": customer_id, "by_user": by, "at": at}
        if not await self._do(self._transaction.insert_new(tables.links), channel=channel, **said):
            await self._do(_RELINK, this_channel=channel, **said)

    async def unlink(self, channel: str) -> None:
        await self._do(_UNLINK, this_channel=channel)
