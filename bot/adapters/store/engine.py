"""From a URL to a database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.adapters.store.database import Database
from bot.domain.errors import StoreError

_EXAMPLES = "sqlite:///data/fencun.db or postgresql://user:password@host/database"


async def connect(url: str) -> Database:
    """Opens the database that ``url`` names. Raises ``StoreError`` saying what to mend.

    The driver of the other dialect is not imported.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"the database URL cannot be understood: write it like {_EXAMPLES}") from error
    dialect = parsed.get_backend_name()
    if dialect == "sqlite":
        from bot.adapters.store.sqlite import SqliteDatabase  # noqa: PLC0415 - keeps start-up short

        return await SqliteDatabase.open(_file(parsed))
    if dialect in ("postgres", "postgresql"):
        from bot.adapters.store.postgres import PostgresDatabase  # noqa: PLC0415 - keeps start-up short

        dsn = parsed.set(drivername="postgresql")
        return await PostgresDatabase.open(dsn.render_as_string(hide_password=False), dsn.render_as_string())
    raise StoreError(f"the store cannot use {dialect!r}: write the database URL like {_EXAMPLES}")


def _file(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise StoreError("a store in memory forgets everything: name a file, such as sqlite:///data/fencun.db")
    return Path(url.database)
