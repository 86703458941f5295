"""``fencun crm`` as people and scripts call it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("FENCUN_CRM", "FENCUN_CRM_URL", "FENCUN_CONFIG", "FENCUN_VARIANT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FENCUN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def test_check_says_what_the_sample_offers(capsys) -> None:
    assert main(["crm", "check"]) == 0
    told = capsys.readouterr().out
    assert "CRM（sample）可以讀取" in told
    assert "FENCUN_CRM=sql" in told


def test_check_names_what_a_crm_lacks(data_dir: Path, monkeypatch, capsys) -> None:
    path = data_dir / "own.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE crm_customers (id, name)")
        database.execute("CREATE TABLE crm_contracts (id, customer_id, number, kind, product, start_date)")
        database.execute("CREATE TABLE crm_orders (id, customer_id, ordered_on, title)")
    monkeypatch.setenv("FENCUN_CRM", "sql")
    monkeypatch.setenv("FENCUN_CRM_URL", f"sqlite:///{path}")
    assert main(["crm", "check", "--locale", "hans"]) == 0
    assert "未提供：工单 · 以往的让步 · 沟通记录" in capsys.readouterr().out
    assert main(["crm", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "crm": "sql", "source": "sql", "facets": ["orders"]}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////nowhere/crm.db", "the CRM file /nowhere/crm.db does not exist; check FENCUN_CRM_URL"),
        ("postgresql://u:hunter2@127.0.0.1:1/crm", "CRM database: "),
        ("mysql://u:hunter2@h/crm", 'pip install "fencun[mysql]"'),
    ],
)
def test_a_crm_that_cannot_be_read_is_one_line_without_secrets(monkeypatch, capsys, url: str, told: str) -> None:
    monkeypatch.setenv("FENCUN_CRM", "sql")
    monkeypatch.setenv("FENCUN_CRM_URL", url)
    assert main(["crm", "check"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert told in err
    assert "hunter2" not in err


def test_show_prints_the_card_with_the_state_of_the_day(capsys) -> None:
    assert main(["crm", "show", "永豐", "--now", "2026-10-31T23:59:59+08:00"]) == 0
    before = capsys.readouterr().out
    assert main(["crm", "show", "YF-1001", "--now", "2026-10-31T16:00:00+00:00"]) == 0
    after = capsys.readouterr().out
    assert "永豐紡織股份有限公司  [YF-1001]" in before
    assert "即將到期  MA-2025-0417  ERP · 系統維護 · 標準" in before
    assert "已到期  MA-2025-0417" in after
    assert "續約：NT$180,000" in after
    assert "負責業務：張雅婷" in after


@pytest.mark.parametrize(("locale", "expected"), [("hans", "续费：新台币180,000元"), ("en", "renewal: TWD 180,000")])
def test_show_speaks_the_language_that_was_asked(capsys, locale: str, expected: str) -> None:
    assert main(["crm", "show", "YF-1001", "--locale", locale]) == 0
    assert expected in capsys.readouterr().out


def test_show_as_json_has_states_money_and_nulls(capsys) -> None:
    assert main(["crm", "show", "ACME-001", "--json", "--now", "2026-11-22T10:00:00+08:00"]) == 0
    account = json.loads(capsys.readouterr().out)
    (contract,) = account["contracts"]
    assert (contract["state"], contract["end"], contract["terminated"]) == ("expired", "2026-10-31", None)
    assert contract["renewal_price"] == {"amount": 120000, "currency": "TWD"}
    assert account["cases"] == []
    assert account["stale"] is False


def test_facets_that_a_crm_lacks_are_unavailable_not_none(data_dir: Path, monkeypatch, capsys) -> None:
    path = data_dir / "own.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE crm_customers (id, name)")
        database.execute("INSERT INTO crm_customers VALUES (7, '七星行')")
        database.execute("CREATE TABLE crm_contracts (id, customer_id, number, kind, product, start_date)")
    monkeypatch.setenv("FENCUN_CRM", "sql")
    monkeypatch.setenv("FENCUN_CRM_URL", f"sqlite:///{path}")
    assert main(["crm", "show", "七星", "--json"]) == 0
    account = json.loads(capsys.readouterr().out)
    assert (account["customer"]["id"], account["contracts"], account["goodwill"]) == ("7", [], None)
    assert main(["crm", "show", "7"]) == 0
    assert "過去的通融\n  暫時查不到" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("customer", "told"),
    [
        ("順發貿易有限公司", ["SF-1003 (順發貿易有限公司 / 順發台北", "SF-1004 (順發貿易有限公司 / 順發高雄"]),
        ("有限公司", ["can be several customers", ", …"]),
        ("查無此客戶", ["no customer matches"]),
        ("", ["no customer matches"]),
    ],
)
def test_nobody_or_several_is_exit_2_and_one_line(capsys, customer: str, told: list[str]) -> None:
    assert main(["crm", "show", customer]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert all(part in err for part in told)
