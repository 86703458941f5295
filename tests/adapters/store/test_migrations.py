"""The schema: from nothing, from the revision before, by several at once."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.adapters.store.engine import connect
from bot.adapters.store.migrate import HEAD, MIGRATIONS, migrate, revision_of
from bot.adapters.store.store import SqlStore
from bot.adapters.store.tables import metadata
from bot.domain.errors import StoreError
from tests.contracts.records import a_case, an_event

BEFORE_HEAD = "0001"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fencun.db'}"
    return request.getfixturevalue("postgres_url")("migrations")


@pytest.fixture
async def database(url):
    database = await connect(url)
    yield database
    await database.close()


async def revision(database):
    async with database.read() as transaction:
        return await transaction.connection.run_sync(revision_of)


def test_head_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_migrations_end_at_the_tables_the_store_uses(database):
    await migrate(database, BEFORE_HEAD)
    await migrate(database)

    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.read() as transaction:
        assert await transaction.connection.run_sync(differences) == []


async def test_empty_database_is_brought_to_head(url, database):
    assert await revision(database) is None
    async with await SqlStore.open(url) as store:
        assert await store.receive(an_event())
    assert await revision(database) == HEAD


async def test_new_database_is_as_a_migrated_one(tmp_path):
    async def made_by(name, *targets):
        database = await connect(f"sqlite:///{tmp_path / name}")
        for target in targets:
            await migrate(database, target)
        async with database.read() as transaction:
            made = await transaction.connection.run_sync(columns_of)
        await database.close()
        return made

    def columns_of(connection):
        inspector = inspect(connection)
        return {
            (table, column["name"], str(column["type"]), column["nullable"], column["default"], column["primary_key"])
            for table in inspector.get_table_names()
            for column in inspector.get_columns(table)
        }

    assert await made_by("new.db", HEAD) == await made_by("migrated.db", BEFORE_HEAD, HEAD)


async def test_newest_tables_may_be_migrated_from_once_there_is_a_newer_revision(database):
    """What stands for the revision in a new database is what Alembic itself looks for."""
    await migrate(database)

    def known(connection):
        return MigrationContext.configure(connection).get_current_heads()

    async with database.read() as transaction:
        assert await transaction.connection.run_sync(known) == (HEAD,)


async def test_what_was_kept_before_the_newest_revision_is_still_there(url, database):
    await migrate(database, BEFORE_HEAD)
    async with database.write() as transaction:
        await transaction.connection.execute(
            text(
                "INSERT INTO cases (id, team, channel, thread_ts, opened_at, last_customer_at, variant, status,"
                " triage, fault, history_checked, version) VALUES ('case_1', 'T_HOME', 'C0EXTYF', '1.case_1',"
                " '2026-11-22 02:00:00.123456', '2026-11-22 02:00:00.123456', 'hant', 'open', '{}', 'unknown',"
                " false, 0)"
            )
        )
    async with await SqlStore.open(url) as store, store.read() as unit:
        case = await unit.cases.get("case_1")
    assert (await revision(database), case) == (HEAD, a_case())


async def test_replicas_starting_at_once_migrate_once(url):
    stores = await asyncio.gather(*(SqlStore.open(url) for _ in range(5)))
    received = await asyncio.gather(*(store.receive(an_event()) for store in stores))
    for store in stores:
        await store.close()
    assert received.count(True) == 1


async def test_database_of_a_newer_version_is_refused(url, database):
    await migrate(database)
    async with database.write() as transaction:
        await transaction.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of the bot wrote this database: upgrade the bot"):
        await SqlStore.open(url)
