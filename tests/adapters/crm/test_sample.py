"""The sample customers: there on first use, in every state on any day, never half written."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.crm.sql import SqlCrm
from bot.adapters.crm.sql.sample import SAMPLE, create_sample, ensure_sample
from bot.domain.contracts import Contract, ContractState, Customer, state_on
from bot.domain.errors import CrmUnavailable, ScriptsError
from bot.domain.money import Currency

SPEC_TODAY = date(2026, 11, 22)


async def customers(path: Path) -> dict[str, Customer]:
    async with SqlCrm(f"sqlite:///{path}") as crm:
        return {each.id: each for each in await crm.find("-", 50)}


async def contracts(path: Path) -> dict[str, list[Contract]]:
    async with SqlCrm(f"sqlite:///{path}") as crm:
        return {each.id: list(await crm.contracts(each.id)) for each in await crm.find("-", 50)}


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    create_sample(tmp_path / "crm.db", SPEC_TODAY)
    return tmp_path / "crm.db"


async def test_people_of_the_local_workspace_meet_their_customers(sample: Path) -> None:
    found = await customers(sample)
    linked = {each.slack_channel: (each.id, each.owner.email) for each in found.values() if each.slack_channel}
    assert linked == {
        "C0EXTYF": ("YF-1001", "yating.chang@fencun.example"),
        "C0EXTLH": ("LH-2001", "yang.liu@fencun.example"),
        "C0EXTDM": ("DM-1002", "yating.chang@fencun.example"),
        "C0EXTCX": ("CX-2002", "yang.liu@fencun.example"),
    }


async def test_two_customers_bear_one_name_and_some_fields_are_missing(sample: Path) -> None:
    found = await customers(sample)
    assert len(found) >= 14
    names = Counter(each.name for each in found.values())
    assert [name for name, count in names.items() if count > 1] == ["順發貿易有限公司"]
    assert any(each.owner.name is None and each.tier is None and each.domain is None for each in found.values())


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 2, 28), date(2028, 2, 29), date(2031, 12, 31)])
async def test_every_state_is_there_on_any_day(tmp_path: Path, today: date) -> None:
    create_sample(tmp_path / "crm.db", today)
    held = await contracts(tmp_path / "crm.db")
    states = {
        key: [state_on(contract, today, expiring_within_days=45) for contract in found] for key, found in held.items()
    }
    assert {state for found in states.values() for state in found} == set(ContractState)
    assert set(states["YF-1001"]) == set(states["LH-2001"]) == set(states["ACME-001"]) == {ContractState.EXPIRED}
    assert states["DM-1002"] == [ContractState.ACTIVE]
    assert states["CX-2002"] == [ContractState.EXPIRING]
    assert len(set(states["LG-1008"])) == 5
    assert states["DC-1007"] == []


async def test_prices_come_in_both_currencies_and_some_are_missing(sample: Path) -> None:
    held = [contract for found in (await contracts(sample)).values() for contract in found]
    assert {c.renewal_price.currency for c in held if c.renewal_price} == {Currency.TWD, Currency.CNY}
    assert any(c.renewal_price is None for c in held)
    assert any(c.one_off_price is None for c in held)


async def test_a_repeat_claimant_has_a_history(sample: Path) -> None:
    async with SqlCrm(f"sqlite:///{sample}") as crm:
        assert len(await crm.goodwill("JH-2005")) == 3
        assert len([case for case in await crm.cases("JH-2005") if case.complaint]) == 4
        assert (await crm.contacts("YF-1001"))[0].staff == "張雅婷"
        assert len(await crm.orders("YF-1001")) == 2


async def test_the_file_is_made_anew_each_day_and_kept_within_one(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "crm.db"
    ensure_sample(path, SPEC_TODAY)
    first = path.stat().st_ino
    ensure_sample(path, SPEC_TODAY)
    assert path.stat().st_ino == first
    ensure_sample(path, date(2026, 11, 23))
    assert (await contracts(path))["CX-2002"][0].end == date(2026, 12, 13)
    assert [each.name for each in path.parent.iterdir()] == ["crm.db"]


async def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    path.write_bytes(b"not a database at all" * 99)
    ensure_sample(path, SPEC_TODAY)
    assert "YF-1001" in await customers(path)


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CrmUnavailable, match=r"the sample customers cannot be written to .*crm\.db"):
        create_sample(tmp_path / "file" / "crm.db", SPEC_TODAY)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("end: +20d", "end: soon", r"customers\.3\.contracts\.0\.end: .*must be a day such as 2026-10-31 or \+20d"),
        ("end: 2026-09-30", "end: 2026-09-31", r"-: holds an impossible date"),
        ("owner: 刘洋", "owner: 無名", r"customers\.1\.owner: 無名 is not among the owners"),
        ("tier: B", "teir: B", r"customers\.1\.teir: Extra inputs are not permitted"),
    ],
)
def test_a_fault_in_the_sample_names_file_field_and_reason(tmp_path: Path, old: str, new: str, fault: str) -> None:
    source = tmp_path / "sample.yaml"
    source.write_text(SAMPLE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ScriptsError, match=rf"sample\.yaml: {fault}"):
        create_sample(tmp_path / "crm.db", SPEC_TODAY, source)
    assert not (tmp_path / "crm.db").exists()
