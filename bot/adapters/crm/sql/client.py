"""One database, opened for reading alone, and the columns its views really have."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

from bot.adapters.crm.sql.errors import is_missing_view, translated
from bot.adapters.crm.sql.models import View
from bot.domain.errors import CrmBadRequest, CrmError, CrmUnavailable, CrmUnsupported

Row = Mapping[str, Any]

_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "mysql": "mysql+aiomysql",
    "mariadb": "mysql+aiomysql",
    "mssql": "mssql+aioodbc",
}
_EXTRAS = {"aiomysql": "mysql", "pymysql": "mysql", "aioodbc": "mssql", "pyodbc": "mssql"}
_EXAMPLE = "write for example postgresql://user:password@host/database or sqlite:////path/to/crm.db"
_LIBPQ_ONLY = ("channel_binding", "connect_timeout", "gssencmode", "target_session_attrs")
_STATEMENT_SECONDS = 8
_RECYCLE_SECONDS = 300  # a nightly export that replaces the SQLite file is seen after this


class Table:
    """A view with the columns that were found; one that is absent reads as NULL."""

    def __init__(self, view: View, columns: Mapping[str, str], types: Mapping[str, TypeEngine[Any]]) -> None:
        self.view = view
        self._types = types
        self._columns: dict[str, sa.ColumnClause[Any]] = {
            name: sa.column(columns[name]) for name in view.columns if name in columns
        }
        self.source = sa.table(view.name, *self._columns.values())

    def has(self, name: str) -> bool:
        return name in self._columns

    def column(self, name: str) -> sa.ColumnClause[Any]:
        return self._columns[name]

    def text(self, name: str) -> sa.ColumnElement[str]:
        """The column as trimmed text; empty where it is absent."""
        if name not in self._columns:
            return sa.literal("")
        return sa.func.trim(sa.cast(self._columns[name], sa.Unicode()))

    def equals(self, name: str, wanted: str) -> sa.ColumnElement[bool]:
        """The id ``name`` is ``wanted``; the column is left bare where its type allows, so that an index serves."""
        kind = self._types.get(name)
        if isinstance(kind, sa.Integer | sa.Numeric):
            fits = wanted.isascii() and wanted.isdigit() and int(wanted) < 2**63
            return self._columns[name] == sa.literal(int(wanted), sa.BigInteger()) if fits else sa.false()
        if isinstance(kind, sa.String) and not isinstance(kind, sa.Enum):
            return self._columns[name] == sa.literal(wanted, sa.Unicode())
        return self.text(name) == wanted

    def select(self) -> sa.Select[Any]:
        return sa.select(*(column.label(name) for name, column in self._columns.items())).select_from(self.source)


class Client:
    """Raises ``CrmError`` alone. ``url`` may be written as for a synchronous driver."""

    def __init__(self, url: str, connect_seconds: float) -> None:
        self._engine = _engine(url, connect_seconds)
        self._tables: dict[View, Table | CrmError | None] = {}
        self._probing = asyncio.Lock()

    async def close(self) -> None:
        await self._engine.dispose()

    async def table(self, view: View) -> Table | None:
        """The view as it is, or None where the database has none of that name."""
        async with self._probing:
            if view not in self._tables:
                self._tables[view] = await self._probe(view)
        found = self._tables[view]
        if isinstance(found, CrmError):
            raise found
        return found

    def absent(self, view: View) -> bool:
        """Whether the view is known to be missing; before the first question nothing is known."""
        return view in self._tables and self._tables[view] is None

    async def rows(self, statement: sa.Select[Any]) -> Sequence[Row]:
        try:
            async with self._engine.connect() as connection:
                result = await connection.execute(statement)
                return [dict(row) for row in result.mappings()]
        except Exception as error:
            mapped = translated(error)
            if isinstance(mapped, CrmBadRequest):
                self._tables.clear()  # the views may have been made anew: look again at the next question
            raise mapped from error

    def forget(self) -> None:
        """The next question looks at the views again."""
        self._tables.clear()

    async def _probe(self, view: View) -> Table | CrmError | None:
        try:
            async with self._engine.connect() as connection:
                found = await connection.execute(sa.text(f"SELECT * FROM {view.name} WHERE 1 = 0"))  # noqa: S608 - a constant
                columns = {name.lower(): name for name in found.keys()}  # noqa: SIM118 - a result is no mapping
                types = await _types(connection, view)
        except Exception as error:
            if is_missing_view(error):
                return None
            mapped = translated(error)
            if isinstance(mapped, CrmUnavailable):
                raise mapped from error  # nothing was learnt; ask again next time
            mapped.__cause__ = error
            return mapped
        if missing := [name for name in view.required if name not in columns]:
            return CrmBadRequest(f"the view {view.name} has no column {', '.join(missing)}; add it to the view")
        return Table(view, columns, types)


async def _types(connection: AsyncConnection, view: View) -> Mapping[str, TypeEngine[Any]]:
    """The declared types; none for SQLite, whose columns hold anything whatever they declare."""
    if connection.dialect.name == "sqlite":
        return {}
    try:
        found = await connection.run_sync(lambda sync: sa.inspect(sync).get_columns(view.name))
    except sa.exc.SQLAlchemyError:
        return {}  # a synonym or a locked catalogue: everything is compared as text
    return {column["name"].lower(): column["type"] for column in found}


def _engine(url: str, connect_seconds: float) -> AsyncEngine:
    parsed = _parsed(url)
    try:
        return create_async_engine(
            parsed,
            isolation_level="AUTOCOMMIT",  # nothing is written: no BEGIN and ROLLBACK around each question
            hide_parameters=True,
            pool_size=6,  # an account is asked for in six parts at once
            pool_timeout=connect_seconds,
            pool_recycle=_RECYCLE_SECONDS,
            **_options(parsed, connect_seconds),
        )
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name or "")
        install = f'pip install "fencun[{extra}]"' if extra else f"pip install {error.name}"
        raise CrmUnsupported(f"the CRM database needs the driver {error.name}: {install}") from error
    except ImportError as error:
        raise CrmUnsupported(
            f"the driver of the CRM database cannot be loaded: {error}; install what it lacks"
        ) from error
    except (sa.exc.SQLAlchemyError, TypeError, ValueError) as error:
        raise CrmUnsupported(f"FENCUN_CRM_URL: {parsed.drivername} cannot be used; {_EXAMPLE}") from error


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.strip())
    except (sa.exc.ArgumentError, ValueError) as error:
        raise CrmBadRequest(f"FENCUN_CRM_URL is not a database URL; {_EXAMPLE}") from error
    backend, _, driver = parsed.drivername.partition("+")
    if driver not in ("psycopg", "asyncmy"):  # asynchronous already, if somebody prefers them
        parsed = parsed.set(drivername=_ASYNC_DRIVERS.get(backend, parsed.drivername))
    if parsed.drivername == "postgresql+asyncpg":
        mode = parsed.query.get("sslmode")
        parsed = parsed.difference_update_query(("sslmode", *_LIBPQ_ONLY))
        return parsed.update_query_dict({"ssl": mode}) if mode else parsed
    return parsed


def _options(url: URL, connect_seconds: float) -> dict[str, Any]:
    """How each driver is told to read alone and to give up connecting in time."""
    match url.drivername:
        case "sqlite+aiosqlite":
            path = _sqlite_path(url)
            return {"async_creator": lambda: _open_sqlite(path, connect_seconds)}
        case "postgresql+asyncpg":
            settings = {"default_transaction_read_only": "on", "application_name": "fencun"}
            limits = {"timeout": connect_seconds, "command_timeout": _STATEMENT_SECONDS}
            return {"connect_args": {**limits, "server_settings": settings}}
        case "mysql+aiomysql":
            return {
                "connect_args": {
                    "connect_timeout": connect_seconds,
                    "charset": url.query.get("charset", "utf8mb4"),
                    "init_command": "SET SESSION TRANSACTION READ ONLY",
                }
            }
        case "mssql+aioodbc":
            return {"connect_args": {"timeout": max(1, round(connect_seconds)), "readonly": True}}
        case _:
            return {}


def _sqlite_path(url: URL) -> Path:
    path = (url.database or "").removeprefix("file:")
    if path in ("", ":memory:"):
        raise CrmBadRequest(f"FENCUN_CRM_URL names no SQLite file; {_EXAMPLE}")
    return Path(path).absolute()


async def _open_sqlite(path: Path, busy_seconds: float) -> aiosqlite.Connection:
    """Opens an existing file for reading; one that is missing is never made."""
    if not await asyncio.to_thread(path.is_file):
        raise CrmUnavailable(f"the CRM file {path} does not exist; check FENCUN_CRM_URL")
    return await aiosqlite.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=busy_seconds)
