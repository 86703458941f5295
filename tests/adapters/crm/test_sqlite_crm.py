"""The SQL adapter over SQLite files, the embedded default's own database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.crm.sql import SqlCrm
from bot.domain.contracts import ContractState, state_on
from bot.domain.errors import (
    CrmBadRequest,
    CrmNotFound,
    CrmUnavailable,
    CrmUnsupported,
)
from bot.domain.money import Currency, Money
from bot.ports import CrmFacet
from tests.adapters.crm import crm_tables
from tests.contracts.crm import FACTS, CrmContract, Facts, ids

CUSTOMERS = "CREATE TABLE crm_customers (id, name, aliases, slack_channel)"
CONTRACTS = (
    "CREATE TABLE crm_contracts (id, customer_id, number, kind, product, start_date, end_date, terminated_on,"
    " renewal_price, currency)"
)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def made(path: Path, *statements: str) -> str:
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return url(path)


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value


@pytest.fixture
def facts() -> Facts:
    return FACTS


class TestSqliteCrm(CrmContract):
    @pytest.fixture
    async def adapter(self, tmp_path: Path, facts: Facts):
        path = tmp_path / "客戶 100%?#.db"
        made(path, *crm_tables.create(crm_tables.SQLITE))
        with closing(sqlite3.connect(path)) as database, database:
            for table, row in crm_tables.rows(facts):
                marks = ", ".join("?" * len(row))
                values = [plain(value) for value in row.values()]
                database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", values)
        async with SqlCrm(f"sqlite:///{str(path).replace('%', '%25').replace('?', '%3F')}") as crm:
            yield crm

    @pytest.fixture
    async def dead(self, tmp_path: Path):
        async with SqlCrm(url(tmp_path / "gone.db")) as crm:
            yield crm


@pytest.fixture
async def crm_over(tmp_path: Path):
    """Opens an adapter over a file that the statements make."""
    opened: list[SqlCrm] = []

    def over(*statements: str) -> SqlCrm:
        opened.append(SqlCrm(made(tmp_path / f"{len(opened)}.db", *statements)))
        return opened[-1]

    yield over
    for crm in opened:
        await crm.__aexit__(None, None, None)


class TestFilesThatAreNot:
    async def test_a_missing_file_is_named_and_never_made(self, tmp_path: Path) -> None:
        path = tmp_path / "gone.db"
        async with SqlCrm(url(path)) as crm:
            with pytest.raises(CrmUnavailable, match=r"gone\.db does not exist; check FENCUN_CRM_URL"):
                await crm.check()
        assert not path.exists()

    async def test_a_file_that_appears_later_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "late.db"
        async with SqlCrm(url(path)) as crm:
            with pytest.raises(CrmUnavailable):
                await crm.find("a", 5)
            made(path, CUSTOMERS, CONTRACTS, "INSERT INTO crm_customers VALUES ('1', 'a', NULL, NULL)")
            assert ids(await crm.find("a", 5)) == ["1"]

    async def test_a_file_that_is_no_database_is_a_bad_request(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("這不是資料庫" * 100)
        async with SqlCrm(url(path)) as crm:
            with pytest.raises(CrmBadRequest, match="not a database"):
                await crm.check()

    async def test_nothing_is_ever_written(self, crm_over) -> None:
        crm = crm_over(CUSTOMERS, CONTRACTS)
        import sqlalchemy as sa  # noqa: PLC0415 - only this test speaks SQL to the adapter

        with pytest.raises(CrmBadRequest, match="readonly"):
            await crm._client.rows(sa.text("DELETE FROM crm_customers"))


class TestViewsAsTheyAre:
    async def test_optional_columns_and_views_may_be_absent(self, crm_over) -> None:
        crm = crm_over(
            "CREATE TABLE crm_customers (id, name)",
            "CREATE TABLE crm_contracts (id, customer_id, number, kind, product, start_date)",
            "INSERT INTO crm_customers VALUES ('A', '甲')",
            "INSERT INTO crm_contracts VALUES ('K', 'A', 'N', '維護', 'ERP', '2026-01-01')",
        )
        await crm.check()
        assert crm.facets == frozenset()
        (customer,) = await crm.find("甲", 5)
        (contract,) = await crm.contracts("A")
        assert (customer.aliases, customer.slack_channel, contract.end) == ((), None, None)

    async def test_a_missing_required_view_is_named(self, crm_over) -> None:
        with pytest.raises(CrmBadRequest, match="no view crm_contracts; create it with the columns id, customer_id"):
            await crm_over(CUSTOMERS).check()

    async def test_a_missing_required_column_is_named(self, crm_over) -> None:
        crm = crm_over(CUSTOMERS, "CREATE TABLE crm_contracts (id, customer_id, number, kind, start_date)")
        with pytest.raises(CrmBadRequest, match="the view crm_contracts has no column product"):
            await crm.check()

    async def test_a_facet_with_a_missing_column_is_offered_and_fails(self, crm_over) -> None:
        crm = crm_over(CUSTOMERS, CONTRACTS, "CREATE TABLE crm_goodwill (id, customer_id, kind)")
        with pytest.raises(CrmBadRequest, match="crm_goodwill has no column granted_on"):
            await crm.goodwill("A")
        assert CrmFacet.GOODWILL in crm.facets

    async def test_column_names_in_capitals_are_understood(self, crm_over) -> None:
        crm = crm_over("CREATE TABLE crm_customers (ID, Name, ALIASES)", CONTRACTS,
                       "INSERT INTO crm_customers VALUES ('A', '甲', '小甲|阿甲')")  # fmt: skip
        assert ids(await crm.find("阿甲", 5)) == ["A"]

    async def test_views_made_anew_are_seen_without_a_restart(self, tmp_path: Path) -> None:
        path = tmp_path / "anew.db"
        made(path, CUSTOMERS, CONTRACTS, "INSERT INTO crm_customers VALUES ('1', 'a', 'b', NULL)")
        async with SqlCrm(url(path)) as crm:
            assert (await crm.customer("1")).aliases == ("b",)
            made(path, "ALTER TABLE crm_customers DROP COLUMN aliases")
            with pytest.raises(CrmBadRequest, match="no such column"):
                await crm.customer("1")
            assert (await crm.customer("1")).aliases == ()

    async def test_ids_may_be_integers(self, crm_over) -> None:
        crm = crm_over(
            "CREATE TABLE crm_customers (id INTEGER PRIMARY KEY, name)",
            "CREATE TABLE crm_contracts (id INTEGER, customer_id INTEGER, number INTEGER, kind, product, start_date)",
            "INSERT INTO crm_customers VALUES (1001, '甲')",
            "INSERT INTO crm_contracts VALUES (7, 1001, 20260001, '維護', 'ERP', '2026-01-01')",
        )
        assert (await crm.customer("1001")).id == "1001"
        assert [c.number for c in await crm.contracts("1001")] == ["20260001"]
        assert ids(await crm.find("1001", 5)) == ["1001"]
        with pytest.raises(CrmNotFound):
            await crm.customer("1001.5")

    async def test_blanks_around_ids_names_and_aliases_do_not_count(self, crm_over) -> None:
        crm = crm_over(
            CUSTOMERS, CONTRACTS, "INSERT INTO crm_customers VALUES (' A-1 ', ' 甲\n公司 ', ' 小甲 | | 阿甲 ', '')"
        )
        customer = await crm.customer("A-1")
        assert (customer.name, customer.aliases, customer.slack_channel) == ("甲 公司", ("小甲", "阿甲"), None)
        for text in ("A-1", "小甲", "阿甲"):
            assert ids(await crm.find(text, 5)) == ["A-1"]

    async def test_a_row_without_an_id_is_left_out(self, crm_over) -> None:
        crm = crm_over(
            CUSTOMERS, CONTRACTS, "INSERT INTO crm_customers VALUES (NULL, '甲', NULL, NULL), ('B', '甲', NULL, NULL)"
        )
        assert ids(await crm.find("甲", 5)) == ["B"]

    async def test_exact_matches_come_before_those_that_contain_the_text(self, crm_over) -> None:
        crm = crm_over(
            CUSTOMERS, CONTRACTS,
            "INSERT INTO crm_customers VALUES ('1', '大永豐行', NULL, NULL), ('2', '永豐餘', NULL, NULL),"
            " ('3', '丙', '永豐', NULL), ('4', '永豐', NULL, NULL), ('永豐', '戊', NULL, NULL)",
        )  # fmt: skip
        assert ids(await crm.find("永豐", 5)) == ["永豐", "4", "3", "2", "1"]


STATES = [
    ("'2026-10-31'", ContractState.EXPIRED),
    ("'2026/10/31'", ContractState.EXPIRED),
    ("'20261031'", ContractState.EXPIRED),
    ("20261031", ContractState.EXPIRED),
    ("'115/10/31'", ContractState.EXPIRED),
    ("'2026-10-31 00:00:00'", ContractState.EXPIRED),
    ("'2026-10-31T23:59:59'", ContractState.EXPIRED),
    ("'2026-10-31T16:00:00Z'", ContractState.EXPIRING),  # midnight of 1 November in Taipei
    ("'2026-11-01'", ContractState.EXPIRING),
    ("NULL", ContractState.ACTIVE),
    ("''", ContractState.ACTIVE),
    ("'0000-00-00'", ContractState.ACTIVE),
    ("'0000-00-00 00:00:00'", ContractState.ACTIVE),
    ("'9999-12-31'", ContractState.ACTIVE),
    ("'年底'", ContractState.UNKNOWN),
    ("'2026-13-40'", ContractState.UNKNOWN),
    ("'10/31/2026'", ContractState.UNKNOWN),
]


@pytest.mark.parametrize(("end", "state"), STATES)
async def test_an_end_in_the_forms_found_in_the_wild(crm_over, end: str, state: ContractState) -> None:
    crm = crm_over(
        CUSTOMERS, CONTRACTS,
        f"INSERT INTO crm_contracts VALUES ('K', 'A', 'N', '維護', 'ERP', '2025-11-01', {end}, '', '3,500', 'NTD')",
    )  # fmt: skip
    (contract,) = await crm.contracts("A")
    assert state_on(contract, date(2026, 11, 1), expiring_within_days=45) is state
    assert contract.renewal_price == Money(Decimal(3500), Currency.TWD)


async def test_a_history_row_without_a_readable_date_is_left_out(crm_over) -> None:
    crm = crm_over(
        CUSTOMERS, CONTRACTS,
        "CREATE TABLE crm_cases (id, customer_id, opened_at, subject, complaint, justified)",
        "INSERT INTO crm_cases VALUES (1, 'A', '2026/3/2 9:40', '甲', 'Y', 'n'), (2, 'A', '昨天', '乙', 1, 0)",
    )  # fmt: skip
    (case,) = await crm.cases("A")
    assert (case.opened_at.isoformat(), case.complaint, case.justified) == ("2026-03-02T09:40:00+08:00", True, False)


class TestUrls:
    @pytest.mark.parametrize("malformed", ["", "crm.db", "http//x", "postgresql://u:p@h:port/db"])
    def test_a_malformed_url_says_how_to_write_one(self, malformed: str) -> None:
        with pytest.raises(CrmBadRequest, match="is not a database URL; write for example"):
            SqlCrm(malformed)

    def test_an_unknown_database_is_refused(self) -> None:
        with pytest.raises(CrmUnsupported, match="nosuchdb cannot be used"):
            SqlCrm("nosuchdb://user:secret@host/db")

    @pytest.mark.parametrize(
        ("written", "install"),
        [
            ("mysql://u:p@h/crm", 'pip install "fencun[mysql]"'),
            ("mysql+pymysql://u:p@h/crm", 'pip install "fencun[mysql]"'),
            ("mssql+pyodbc://u:p@h/crm", 'pip install "fencun[mssql]"'),
        ],
    )
    def test_a_missing_driver_says_what_to_install(self, written: str, install: str) -> None:
        with pytest.raises(CrmUnsupported) as caught:
            SqlCrm(written)
        assert install in str(caught.value)

    @pytest.mark.parametrize("nameless", ["sqlite://", "sqlite:///:memory:"])
    def test_a_database_in_memory_is_refused(self, nameless: str) -> None:
        with pytest.raises(CrmBadRequest, match="names no SQLite file"):
            SqlCrm(nameless)
