"""A database that cannot be used is explained in one line, without its password."""

import asyncio
import sqlite3

import pytest

from bot.adapters.store.sqlite import SqliteDatabase
from bot.adapters.store.store import SqlStore
from bot.domain.errors import StoreError


async def refused(url):
    with pytest.raises(StoreError) as caught:
        await SqlStore.open(url)
    line = str(caught.value)
    assert "\n" not in line
    assert "geheim" not in line
    return line


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "cannot be understood"),
        ("fencun.db", "cannot be understood"),
        ("oracle://bot:geheim@db/fencun", "cannot use 'oracle'"),
        ("mysql+aiomysql://bot:geheim@db/fencun", "cannot use 'mysql'"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("postgresql://bot:geheim@127.0.0.1:1/fencun", "cannot be reached"),
        ("postgres://bot:geheim@127.0.0.1:port/fencun", "cannot be understood"),
        ("postgresql://bot:geheim@127.0.0.1:1/fencun?sslmode=maybe", "not a usable PostgreSQL URL"),
    ],
)
async def test_url_that_names_no_database(url, what):
    assert what in await refused(url)


async def test_folder_is_no_database(tmp_path):
    assert "is a folder" in await refused(f"sqlite:///{tmp_path}")


async def test_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be made" in await refused(f"sqlite:///{tmp_path}/file/fencun.db")


async def test_file_that_is_no_database(tmp_path):
    (tmp_path / "fencun.db").write_text("分寸" * 1000)
    assert "is not a SQLite database" in await refused(f"sqlite:///{tmp_path}/fencun.db")


async def test_missing_folder_is_made(tmp_path):
    async with await SqlStore.open(f"sqlite:///{tmp_path}/data/deep/fencun.db") as store:
        await store.check()


async def test_file_that_another_process_keeps_locked(tmp_path):
    path = tmp_path / "fencun.db"
    database = await SqliteDatabase.open(path, patience=0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="held by another process"):
        await database.check()
    other.close()
    await database.check()
    await database.close()


async def test_writer_waits_for_another_process_without_holding_up_the_loop(tmp_path):
    async with await SqlStore.open(f"sqlite:///{tmp_path}/fencun.db") as store:
        other = sqlite3.connect(tmp_path / "fencun.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        check = asyncio.create_task(store.check())
        await asyncio.sleep(0.1)
        assert not check.done()
        other.close()
        await check


@pytest.mark.postgres
async def test_wrong_password(postgres, postgres_url):
    url = postgres_url("password")
    postgres.sql("CREATE ROLE guarded LOGIN PASSWORD 'richtig'")
    postgres.require_password("guarded")
    assert "refused the user or password" in await refused(_as(url, "guarded", "geheim"))


@pytest.mark.postgres
async def test_missing_database(postgres_url):
    url = postgres_url("present")
    assert "no such database" in await refused(url.replace("/present", "/absent"))


@pytest.mark.postgres
async def test_libpq_scheme_and_parameters_are_understood(postgres_url):
    url = postgres_url("scheme").replace("postgresql+asyncpg://", "postgres://")
    async with await SqlStore.open(f"{url}&application_name=fencun&sslmode=prefer") as store:
        await store.check()


def _as(url, user, password):
    scheme, rest = url.split("://", 1)
    return f"{scheme}://{user}:{password}@{rest.rsplit('@', 1)[-1]}"
