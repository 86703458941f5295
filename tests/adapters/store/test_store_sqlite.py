"""The store's contract over a SQLite file, and what units that share a commit do to each other: nothing."""

import asyncio

import pytest
from sqlalchemy import text

from bot.adapters.store.sqlite import SqliteDatabase
from bot.domain.errors import StoreError
from tests.contracts.store import StoreContract


class TestSqlite(StoreContract):
    @pytest.fixture
    def url(self, tmp_path):
        return f"sqlite:///{tmp_path / 'fencun.db'}"

    @pytest.fixture
    def unstorable_id(self):
        return "Ev\ud800"


@pytest.fixture
async def database(tmp_path):
    database = await SqliteDatabase.open(tmp_path / "fencun.db")
    async with database.write() as unit:
        await unit.connection.execute(text("CREATE TABLE notes (note TEXT)"))
    yield database
    await database.close()


async def note(database, number, *, then=None):
    async with database.write() as unit:
        await unit.connection.execute(text("INSERT INTO notes VALUES (:note)"), {"note": str(number)})
        if then:
            await then(unit)


async def noted(database):
    async with database.read() as unit:
        return {int(row.note) for row in await unit.connection.execute(text("SELECT note FROM notes"))}


async def refuse(unit):
    raise ValueError


async def give_up(unit):
    """As SQLite does by itself where the disk is full."""
    await unit.connection.exec_driver_sql("ROLLBACK")


async def test_a_unit_that_fails_takes_no_other_of_its_commit_with_it(database):
    units = [note(database, number, then=refuse if number % 3 == 0 else None) for number in range(100)]
    results = await asyncio.gather(*units, return_exceptions=True)
    assert [isinstance(result, ValueError) for result in results] == [number % 3 == 0 for number in range(100)]
    assert await noted(database) == {number for number in range(100) if number % 3}


async def test_units_that_were_given_up_with_another_are_told_so(database):
    units = [note(database, number, then=give_up if number == 3 else None) for number in range(8)]
    results = await asyncio.gather(*units, return_exceptions=True)
    kept = {number for number, result in enumerate(results) if result is None}
    assert kept >= {4, 5, 6, 7}
    assert all(isinstance(results[number], StoreError) for number in set(range(8)) - kept)
    assert await noted(database) == kept


async def test_units_whose_followers_go_away_are_stored(database):
    first = [asyncio.create_task(note(database, number)) for number in range(3)]
    gone = [asyncio.create_task(note(database, number)) for number in range(3, 9)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await asyncio.wait_for(asyncio.gather(*first), 5)
    assert {0, 1, 2} <= await noted(database)
