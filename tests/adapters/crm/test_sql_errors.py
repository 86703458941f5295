"""What drivers raise, in the shapes they raise it in; those that are no part of the installation are built here."""

from __future__ import annotations

import sqlite3

import asyncpg
import pytest
from sqlalchemy import exc

from bot.adapters.crm.sql.errors import is_missing_view, translated
from bot.domain.errors import CrmAuthFailed, CrmBadRequest, CrmError, CrmForbidden, CrmUnavailable

PG = asyncpg.exceptions


class MySqlError(Exception):
    """pymysql's errors: a number and a text."""


class OdbcError(Exception):
    """pyodbc's errors: a SQLSTATE and a text."""


def wrapped(driver: Exception, *, lost: bool = False) -> exc.DBAPIError:
    return exc.DBAPIError("SELECT secret", {"q": "許文彬"}, driver, connection_invalidated=lost)


CASES = [
    (PG.InvalidPasswordError("password authentication failed"), CrmAuthFailed),
    (PG.InvalidAuthorizationSpecificationError("no role"), CrmAuthFailed),
    (PG.InsufficientPrivilegeError("permission denied"), CrmForbidden),
    (PG.UndefinedTableError("relation does not exist"), CrmBadRequest),
    (PG.UndefinedColumnError("column does not exist"), CrmBadRequest),
    (PG.InvalidCatalogNameError("database does not exist"), CrmBadRequest),
    (PG.ReadOnlySQLTransactionError("cannot execute DELETE"), CrmBadRequest),
    (PG.TooManyConnectionsError("sorry"), CrmUnavailable),
    (PG.QueryCanceledError("statement timeout"), CrmUnavailable),
    (PG.AdminShutdownError("terminating"), CrmUnavailable),
    (PG.CannotConnectNowError("starting up"), CrmUnavailable),
    (PG.DeadlockDetectedError("deadlock"), CrmUnavailable),
    (PG.InterfaceError("connection is closed"), CrmUnavailable),
    (PG.InvalidCachedStatementError("cached plan"), CrmUnavailable),
    (MySqlError(1045, "Access denied for user"), CrmAuthFailed),
    (MySqlError(1142, "SELECT command denied"), CrmForbidden),
    (MySqlError(1146, "Table doesn't exist"), CrmBadRequest),
    (MySqlError(1054, "Unknown column"), CrmBadRequest),
    (MySqlError(1049, "Unknown database"), CrmBadRequest),
    (MySqlError(1792, "Cannot execute statement in a READ ONLY transaction"), CrmBadRequest),
    (MySqlError(2006, "server has gone away"), CrmUnavailable),
    (MySqlError(1040, "Too many connections"), CrmUnavailable),
    (OdbcError("28000", "[28000] Login failed (18456)"), CrmAuthFailed),
    (OdbcError("42000", "[42000] SELECT permission was denied (229)"), CrmForbidden),
    (OdbcError("42S02", "[42S02] Invalid object name (208)"), CrmBadRequest),
    (OdbcError("42S22", "[42S22] Invalid column name (207)"), CrmBadRequest),
    (OdbcError("IM002", "[IM002] Data source name not found"), CrmBadRequest),
    (OdbcError("08S01", "[08S01] Communication link failure"), CrmUnavailable),
    (OdbcError("HYT00", "[HYT00] Login timeout expired"), CrmUnavailable),
    (sqlite3.OperationalError("no such table: crm_cases"), CrmBadRequest),
    (sqlite3.OperationalError("database is locked"), CrmUnavailable),
    (sqlite3.OperationalError("disk I/O error"), CrmUnavailable),
    (sqlite3.DatabaseError("file is not a database"), CrmBadRequest),
]


@pytest.mark.parametrize(("driver", "kind"), CASES, ids=lambda value: getattr(value, "__name__", None) or str(value))
def test_each_error_means_the_same_bare_and_wrapped(driver: Exception, kind: type[CrmError]) -> None:
    assert type(translated(driver)) is kind
    error = translated(wrapped(driver))
    assert type(error) is kind
    assert "許文彬" not in str(error)
    assert "SELECT secret" not in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "Connection refused"),
        OSError(113, "No route to host"),
        TimeoutError(),
        exc.TimeoutError("QueuePool limit"),
        wrapped(PG.UndefinedTableError("whatever"), lost=True),
        RuntimeError("something new"),
    ],
)
def test_what_has_to_do_with_the_way_there_is_unavailable(error: Exception) -> None:
    assert type(translated(error)) is CrmUnavailable


def test_ours_passes_unchanged() -> None:
    ours = CrmForbidden("x")
    assert translated(ours) is ours


def test_passwords_in_driver_texts_are_masked() -> None:
    told = str(translated(ValueError("cannot parse postgresql://u:hunter2@h/db")))
    assert "hunter2" not in told


@pytest.mark.parametrize(
    "driver",
    [
        PG.UndefinedTableError("x"),
        MySqlError(1146, "x"),
        OdbcError("42S02", "x"),
        sqlite3.OperationalError("no such table: t"),
    ],
)
def test_a_missing_view_is_known_in_every_dialect(driver: Exception) -> None:
    assert is_missing_view(wrapped(driver))
    assert not is_missing_view(wrapped(PG.UndefinedColumnError("x")))
