"""What the database drivers raise, mapped once to the core's tree.

SQLSTATE classes: PostgreSQL appendix A and ODBC; MySQL's own numbers: its server and client error
references; SQLite has texts alone. asyncpg raises its errors bare while it connects and SQLAlchemy
wraps them afterwards, so both shapes are read here.
"""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy import exc

from bot.adapters.redaction import redact
from bot.domain.errors import CrmAuthFailed, CrmBadRequest, CrmError, CrmForbidden, CrmUnavailable
from bot.domain.text import one_line

MISSING_VIEW_STATES = frozenset({"42P01", "42S02"})
_MISSING_VIEW_NUMBERS = frozenset({1146})
_BY_STATE: tuple[tuple[str, type[CrmError]], ...] = (
    ("28", CrmAuthFailed),
    ("42501", CrmForbidden),
    ("42", CrmBadRequest),
    ("3", CrmBadRequest),  # no such database, no such schema
    ("22", CrmBadRequest),
    ("25006", CrmBadRequest),  # something tried to write
    ("IM", CrmBadRequest),  # ODBC knows no such driver or data source
)
_BY_NUMBER: dict[int, type[CrmError]] = {
    1044: CrmForbidden,
    1045: CrmAuthFailed,
    1049: CrmBadRequest,
    1054: CrmBadRequest,
    1064: CrmBadRequest,
    1142: CrmForbidden,
    1143: CrmForbidden,
    1146: CrmBadRequest,
    1698: CrmAuthFailed,
    1792: CrmBadRequest,  # something tried to write
}
_SQL_SERVER_PERMISSION = re.compile(r"\((?:229|230|297|300|916)\)")
_SQLITE_OURS = re.compile(r"no such (?:table|column)|syntax error|not a database|readonly", re.IGNORECASE)
_ADVICE = {
    CrmAuthFailed: "check user and password in FENCUN_CRM_URL",
    CrmForbidden: "grant SELECT on the crm_ views to this user",
}


def translated(error: Exception) -> CrmError:
    """The ``CrmError`` that ``error`` means; one that nobody knows counts as unavailable."""
    if isinstance(error, CrmError):
        return error
    kind = _kind(error)
    advice = _ADVICE.get(kind)
    return kind(f"CRM database: {_reason(error)}" + (f"; {advice}" if advice else ""))


def is_missing_view(error: BaseException | None) -> bool:
    """Whether the statement failed because a view is not there."""
    if error is None:
        return False
    driver = _driver_error(error)
    return (
        _state(driver) in MISSING_VIEW_STATES
        or _number(driver) in _MISSING_VIEW_NUMBERS
        or (isinstance(driver, sqlite3.Error) and "no such table" in str(driver))
    )


def _kind(error: Exception) -> type[CrmError]:
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return CrmUnavailable
    if isinstance(error, exc.SQLAlchemyError) and not isinstance(error, exc.DBAPIError | exc.TimeoutError):
        return CrmBadRequest
    driver = _driver_error(error)
    if isinstance(driver, sqlite3.Error):
        return CrmBadRequest if _SQLITE_OURS.search(str(driver)) else CrmUnavailable
    number = _number(driver)
    if number is not None:
        return _BY_NUMBER.get(number, CrmUnavailable)
    state = _state(driver)
    if state == "42000" and _SQL_SERVER_PERMISSION.search(str(driver)):
        return CrmForbidden
    if isinstance(driver, TypeError | ValueError) and not state:
        return CrmBadRequest  # a parameter of the URL that the driver does not take
    return next((kind for prefix, kind in _BY_STATE if state.startswith(prefix)), CrmUnavailable)


def _driver_error(error: BaseException) -> BaseException:
    """The driver's own error below SQLAlchemy's wrappers."""
    inner = getattr(error, "orig", None)
    return _driver_error(inner) if isinstance(inner, BaseException) else error


def _state(driver: BaseException) -> str:
    """The SQLSTATE: an attribute with asyncpg, the first argument with ODBC."""
    state = getattr(driver, "sqlstate", None)
    if state is None and len(driver.args) > 1:
        state = driver.args[0]
    return state if isinstance(state, str) else ""


def _number(driver: BaseException) -> int | None:
    """MySQL's error number; an ``OSError`` has a number too, which is not MySQL's."""
    known = driver.args and isinstance(driver.args[0], int) and not isinstance(driver, OSError)
    return int(driver.args[0]) if known else None


def _reason(error: Exception) -> str:
    """One line without the statement, whose parameters are the customers' words, and without passwords."""
    driver = _driver_error(error)
    written = str(driver.args[1]) if _number(driver) is not None and len(driver.args) > 1 else str(driver)
    reason = redact(one_line(written.removeprefix(f"{type(driver)}: ")))
    return reason or type(driver).__name__
