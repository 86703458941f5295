"""Which customer a channel belongs to, where people said so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.adapters.store import tables
from bot.adapters.store.rows import Repository


class SqlLinks(Repository):
    async def customer_of(self, channel: str) -> str | None:
        statement = select(tables.links.c.customer_id).where(tables.links.c.channel == channel)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def link(self, channel: str, customer_id: str, by: str, at: datetime) -> None:
        said = {"customer_id": customer_id, "by_user": by, "at": at}
        statement = self._insert(tables.links).values(channel=channel, **said)
        await self._do(statement.on_conflict_do_update(index_elements=["channel"], set_=said))

    async def unlink(self, channel: str) -> None:
        await self._do(delete(tables.links).where(tables.links.c.channel == channel))
