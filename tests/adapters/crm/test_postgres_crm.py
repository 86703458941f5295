"""The SQL adapter over a real PostgreSQL."""

from __future__ import annotations

import asyncio
import socket
import time
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.crm.sql import SqlCrm
from bot.domain.errors import CrmBadRequest, CrmForbidden, CrmNotFound, CrmUnavailable
from bot.ports import CrmFacet
from tests.adapters.crm import crm_tables
from tests.contracts.crm import FACTS, CrmContract, CrmLogInContract, Facts, ids
from tests.postgres import Postgres, PostgresUrl

pytestmark = pytest.mark.postgres


async def execute(url: str, *statements: str | sa.Insert) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(sa.text(statement) if isinstance(statement, str) else statement)
    await engine.dispose()


async def fill(url: str, facts: Facts) -> None:
    inserts = [crm_tables.insert(table, row) for table, row in crm_tables.rows(facts)]
    await execute(url, *crm_tables.create(crm_tables.POSTGRES), *inserts)


def written_for_libpq(url: str) -> str:
    """As people write it who never heard of asyncpg."""
    return url.replace("postgresql+asyncpg://", "postgres://")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return FACTS


@pytest.fixture(scope="module")
def filled(postgres_url: PostgresUrl, facts: Facts) -> str:
    url = postgres_url("crm")
    asyncio.run(fill(url, facts))
    return url


class TestPostgresCrm(CrmLogInContract, CrmContract):
    @pytest.fixture
    async def adapter(self, filled: str):
        async with SqlCrm(written_for_libpq(filled)) as crm:
            yield crm

    @pytest.fixture
    async def bad_auth(self, filled: str, postgres: Postgres):
        postgres.sql("DROP ROLE IF EXISTS teller")
        postgres.sql("CREATE ROLE teller LOGIN PASSWORD 'right'")
        postgres.require_password("teller")
        url = make_url(filled).set(username="teller", password="wrong")
        async with SqlCrm(url.render_as_string(hide_password=False)) as crm:
            yield crm

    @pytest.fixture
    async def dead(self, filled: str):
        url = make_url(filled).set(query={}, host="127.0.0.1", port=free_port())
        async with SqlCrm(url.render_as_string(hide_password=False)) as crm:
            yield crm

    async def test_the_password_is_in_no_error(self, bad_auth: SqlCrm) -> None:
        with pytest.raises(Exception, match="check user and password in FENCUN_CRM_URL") as caught:
            await bad_auth.check()
        assert "wrong" not in str(caught.value)

    async def test_nothing_is_ever_written(self, adapter: SqlCrm) -> None:
        with pytest.raises(CrmBadRequest, match="read-only"):
            await adapter._client.rows(sa.text("DELETE FROM crm_customers"))

    async def test_search_text_is_in_no_error(self, adapter: SqlCrm) -> None:
        with pytest.raises(CrmBadRequest) as caught:
            await adapter.find("許文彬\0", 5)
        assert "許文彬" not in str(caught.value)


@pytest.fixture
async def crm_over(postgres_url: PostgresUrl):
    opened: list[SqlCrm] = []

    async def over(*statements: str, query: str = "") -> SqlCrm:
        url = postgres_url("views")
        await execute(url, *statements)
        opened.append(SqlCrm(url + query))
        return opened[-1]

    yield over
    for crm in opened:
        await crm.__aexit__(None, None, None)


CONTRACTS = (
    "CREATE TABLE crm_contracts (id int, customer_id bigint, number text, kind text, product text,"
    " start_date date, end_date {})"
)


async def test_ids_may_be_integers_and_the_index_serves(crm_over) -> None:
    crm = await crm_over(
        "CREATE TABLE crm_customers (id bigint PRIMARY KEY, name text)",
        CONTRACTS.format("date"),
        "INSERT INTO crm_customers SELECT n, 'c' || n FROM generate_series(1, 50) n",
    )
    assert (await crm.customer("7")).name == "c7"
    assert ids(await crm.find("7", 1)) == ["7"]
    for unknown in ("x", "7.0", "٧", "9" * 30):
        with pytest.raises(CrmNotFound):
            await crm.customer(unknown)


async def test_ids_may_be_uuids_numerics_or_padded(crm_over) -> None:
    uuid = "6f1c1f6e-9a49-4f0e-8f5b-0c8f6f6a2b11"
    for kind, key in (("uuid", uuid), ("numeric(10)", "1001"), ("char(12)", "A-1")):
        crm = await crm_over(
            f"CREATE TABLE crm_customers (id {kind}, name text)",
            CONTRACTS.format("date"),
            f"INSERT INTO crm_customers VALUES ('{key}', '甲')",
        )
        assert (await crm.customer(key)).id == key


@pytest.mark.parametrize(
    ("kind", "value", "end"),
    [
        ("date", "infinity", None),
        ("timestamptz", "infinity", None),
        ("date", "2026-10-31", date(2026, 10, 31)),
        ("timestamp", "2026-10-31 00:00", date(2026, 10, 31)),
        ("timestamptz", "2026-10-31 16:00+00", date(2026, 11, 1)),
        ("timestamptz", "2026-10-31 15:59+00", date(2026, 10, 31)),
        ("text", "2026/10/31", date(2026, 10, 31)),
    ],
)
async def test_the_end_is_the_tenants_day(crm_over, kind: str, value: str, end: date | None) -> None:
    crm = await crm_over(
        "CREATE TABLE crm_customers (id text, name text)",
        CONTRACTS.format(kind),
        f"INSERT INTO crm_contracts VALUES (1, 1, 'N', '維護', 'ERP', '2025-11-01', '{value}')",
    )
    (contract,) = await crm.contracts("1")
    assert contract.end == end


async def test_views_over_other_tables_are_read(crm_over) -> None:
    crm = await crm_over(
        "CREATE SCHEMA erp",
        "CREATE TABLE erp.cust (no char(10), nm varchar(80), price money)",
        "INSERT INTO erp.cust VALUES ('C001', '瑞丰食品', 12000)",
        "CREATE VIEW crm_customers AS SELECT no AS id, nm AS name, NULL::text AS aliases FROM erp.cust",
        "CREATE VIEW crm_contracts AS SELECT 'K' || no AS id, no AS customer_id, 'N1' AS number, '维护' AS kind,"
        " 'ERP' AS product, '20260101' AS start_date, '' AS end_date, price AS renewal_price, 'rmb' AS currency"
        " FROM erp.cust",
    )
    await crm.check()
    (contract,) = await crm.contracts("C001")
    assert contract.renewal_price is not None
    assert contract.renewal_price.amount == Decimal(12000)


async def test_a_view_that_may_not_be_read_is_forbidden_and_still_offered(postgres_url, postgres: Postgres) -> None:
    url = postgres_url("grants")
    await execute(url, *crm_tables.create(crm_tables.POSTGRES))
    postgres.sql("DROP ROLE IF EXISTS reader")
    postgres.sql("CREATE ROLE reader LOGIN")
    await execute(url, "GRANT SELECT ON crm_customers, crm_contracts TO reader")
    async with SqlCrm(make_url(url).set(username="reader").render_as_string(hide_password=False)) as crm:
        assert list(await crm.contracts("A")) == []
        with pytest.raises(CrmForbidden, match="crm_goodwill; grant SELECT"):
            await crm.goodwill("A")
        assert CrmFacet.GOODWILL in crm.facets
    await execute(url, "DROP OWNED BY reader")


async def test_parameters_of_other_drivers_in_the_url_are_understood(crm_over) -> None:
    crm = await crm_over(
        "CREATE TABLE crm_customers (id text, name text)",
        CONTRACTS.format("date"),
        query="&sslmode=prefer&channel_binding=prefer&connect_timeout=5",
    )
    assert list(await crm.find("甲", 5)) == []


async def test_an_unknown_parameter_is_a_bad_request(crm_over) -> None:
    crm = await crm_over(query="&colour=red")
    with pytest.raises(CrmBadRequest, match="colour"):
        await crm.check()


async def test_an_unknown_database_is_a_bad_request(postgres_url) -> None:
    async with SqlCrm(make_url(postgres_url("none")).set(database="no_such_db").render_as_string(False)) as crm:
        with pytest.raises(CrmBadRequest, match="no_such_db"):
            await crm.check()


async def test_connections_cut_by_the_server_are_replaced(filled: str, postgres: Postgres) -> None:
    async with SqlCrm(filled) as crm:
        assert await crm.customer("F-1")
        database = make_url(filled).database
        postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
        with pytest.raises(CrmUnavailable):
            await crm.customer("F-1")
        assert await crm.customer("F-1")


async def test_a_killed_database_is_unavailable() -> None:
    server = Postgres()
    try:
        url = server.create_database("crm")
        await fill(url, FACTS)
        async with SqlCrm(url) as crm:
            assert await crm.customer("F-1")
            server.kill()
            for _ in range(2):
                with pytest.raises(CrmUnavailable):
                    await crm.customer("F-1")
    finally:
        server.close()


async def test_a_peer_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u:p@127.0.0.1:{silent.getsockname()[1]}/crm?sslmode=disable"
        async with SqlCrm(url, connect_seconds=0.2) as crm:
            started = time.monotonic()
            with pytest.raises(CrmUnavailable):
                await crm.check()
            assert time.monotonic() - started < 2


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
