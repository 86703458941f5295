"""The embedded default: the views of this adapter as tables of a SQLite file, filled with sample customers."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from bot.adapters.crm.sql import models
from bot.adapters.crm.sql.models import View
from bot.adapters.scripts.files import FileModel, read_yaml
from bot.domain.errors import CrmUnavailable, ScriptsError
from bot.domain.money import Currency

SAMPLE = Path(__file__).resolve().parents[4] / "config" / "sample_crm.yaml"

_WHEN = re.compile(r"(?:(?P<days>[+-]\d{1,5})d|(?P<day>\d{4}-\d\d-\d\d))(?: (?P<time>\d\d:\d\d)(?::00)?)?")
_VIEWS = (models.CUSTOMERS, models.CONTRACTS, models.CASES, models.GOODWILL, models.ORDERS, models.CONTACTS)


@dataclass(frozen=True, slots=True)
class When:
    """A fixed day, or so many days from today; with a time where one was written."""

    day: date | timedelta
    time: str | None = None

    def on(self, today: date) -> str:
        day = self.day if isinstance(self.day, date) else today + self.day
        return f"{day.isoformat()} {self.time}" if self.time else day.isoformat()


def _when(value: object) -> object:
    written = value.isoformat(" ") if isinstance(value, datetime) else str(value)
    found = _WHEN.fullmatch(written)
    if found is None:
        raise ValueError("must be a day such as 2026-10-31 or +20d, perhaps with a time: -3d 14:30")
    day = timedelta(int(found["days"])) if found["days"] else date.fromisoformat(found["day"])
    return When(day, found["time"])


Day = Annotated[When, BeforeValidator(_when)]


class _Record(FileModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)


class _Contract(_Record):
    number: str
    kind: str
    product: str
    tier: str | None = None
    start: Day | None = None
    end: Day | None = None
    terminated: Day | None = None
    raw_status: str | None = None
    renewal_price: Decimal | None = None
    one_off_price: Decimal | None = None
    currency: Currency | None = None


class _Case(_Record):
    opened: Day
    closed: Day | None = None
    subject: str
    complaint: bool | None = None
    justified: bool | None = None


class _Goodwill(_Record):
    granted: Day
    kind: str
    amount: Decimal | None = None
    currency: Currency | None = None
    note: str | None = None


class _Order(_Record):
    ordered: Day
    title: str
    amount: Decimal | None = None
    currency: Currency | None = None


class _Contact(_Record):
    at: Day
    channel: str
    staff: str
    summary: str


class _Customer(_Record):
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    tier: str | None = None
    owner: str | None = None
    since: Day | None = None
    domain: str | None = None
    slack_channel: str | None = None
    slack_team: str | None = None
    contracts: tuple[_Contract, ...] = ()
    cases: tuple[_Case, ...] = ()
    goodwill: tuple[_Goodwill, ...] = ()
    orders: tuple[_Order, ...] = ()
    contacts: tuple[_Contact, ...] = ()


class SampleFile(FileModel):
    owners: dict[str, str]
    customers: tuple[_Customer, ...] = Field(min_length=1)


_COLUMNS = {
    "start": "start_date",
    "end": "end_date",
    "terminated": "terminated_on",
    "opened": "opened_at",
    "closed": "closed_at",
    "granted": "granted_on",
    "ordered": "ordered_on",
}
"""Fields of the file whose column has another name."""


def create_sample(path: Path, today: date, source: Path = SAMPLE) -> None:
    """Makes the file at ``path``, whole or not at all; relative days count from ``today``.

    Raises ``ScriptsError`` where ``source`` is faulty and ``CrmUnavailable`` where the folder cannot be written.
    """
    rows = _rows(read_yaml(source, SampleFile), today, source)
    try:
        _write(path, rows, _stamp(source, today))
    except (OSError, sqlite3.Error) as error:
        raise CrmUnavailable(f"the sample customers cannot be written to {path}: {error}") from error


def ensure_sample(path: Path, today: date, source: Path = SAMPLE) -> None:
    """As ``create_sample``, unless the file was made today from the same source."""
    if _read_stamp(path) != _stamp(source, today):
        create_sample(path, today, source)


def _rows(sample: SampleFile, today: date, source: Path) -> Iterator[tuple[View, dict[str, Any]]]:
    for index, customer in enumerate(sample.customers):
        if customer.owner is not None and customer.owner not in sample.owners:
            raise ScriptsError([f"{source}: customers.{index}.owner: {customer.owner} is not among the owners"])
        owner = {"owner_name": customer.owner, "owner_email": sample.owners.get(customer.owner or "")}
        yield models.CUSTOMERS, {**_columns(customer, today), **owner, "aliases": "|".join(customer.aliases) or None}
        for view, records in (
            (models.CONTRACTS, customer.contracts),
            (models.CASES, customer.cases),
            (models.GOODWILL, customer.goodwill),
            (models.ORDERS, customer.orders),
            (models.CONTACTS, customer.contacts),
        ):
            for number, record in enumerate(records, 1):
                key = record.number if isinstance(record, _Contract) else f"{customer.id}-{number}"
                yield view, {**_columns(record, today), "id": key, "customer_id": customer.id}


def _columns(record: _Record, today: date) -> dict[str, Any]:
    return {_COLUMNS.get(name, name): _stored(getattr(record, name), today) for name in type(record).model_fields}


def _stored(value: object, today: date) -> object:
    match value:
        case When():
            return value.on(today)
        case Decimal():
            return str(value)
        case bool():
            return int(value)
        case _:
            return value


def _write(path: Path, rows: Iterator[tuple[View, dict[str, Any]]], stamp: int) -> None:
    """Beside ``path`` first, so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    made = Path(name)
    try:
        with closing(sqlite3.connect(made)) as database, database:
            for view in _VIEWS:
                database.execute(f"CREATE TABLE {view.name} ({', '.join(view.columns)}, PRIMARY KEY (id))")
            for view, row in rows:
                marks = ", ".join(f":{column}" for column in view.columns)
                insert = f"INSERT INTO {view.name} ({', '.join(view.columns)}) VALUES ({marks})"  # noqa: S608 - constants
                database.execute(insert, row)
            database.execute(f"PRAGMA user_version = {stamp}")
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _stamp(source: Path, today: date) -> int:
    """What the file was made of and when, in the 31 bits that SQLite keeps for its users."""
    try:
        return zlib.crc32(source.read_bytes() + today.isoformat().encode()) & 0x7FFFFFFF
    except OSError as error:
        raise ScriptsError([f"{source}: -: cannot be read ({error.strerror})"]) from error


def _read_stamp(path: Path) -> int | None:
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None
