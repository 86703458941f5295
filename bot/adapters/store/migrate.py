"""Brings the schema to the newest revision at start-up.

Alembic is imported only where there is something to migrate: a start with an up-to-date database pays for one query,
and an empty database gets the tables as they are now.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.database import Database
from bot.adapters.store.tables import metadata
from bot.domain.errors import StoreError

HEAD = "0007"
"""The newest revision under ``migrations/versions`` (a test compares the two)."""

MIGRATIONS = Path(__file__).parent / "migrations"

_REVISIONS = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic keeps the revision, as Alembic makes it."""


async def migrate(database: Database, target: str = HEAD) -> None:
    """Several replicas may call this at once: one migrates, the others find it done.

    Raises ``StoreError`` where a newer version of the bot wrote the database.
    """
    async with database.read() as transaction:
        if await transaction.connection.run_sync(revision_of) == target:
            return
    async with database.migrating() as transaction:
        revision = await transaction.connection.run_sync(revision_of)
        if revision is None and target == HEAD:
            await transaction.connection.run_sync(_create)
        elif revision != target:
            await _upgrade(transaction.connection, target)


def revision_of(connection: Connection) -> str | None:
    """None where the database is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    _REVISIONS.create(connection)
    connection.execute(insert(_REVISIONS).values(version_num=HEAD))


async def _upgrade(connection: AsyncConnection, target: str) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    def run(sync_connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = sync_connection
        command.upgrade(config, target)

    try:
        await connection.run_sync(run)
    except CommandError as error:
        raise StoreError(f"a newer version of the bot wrote this database: upgrade the bot ({error})") from error
