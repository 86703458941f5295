"""The state of a contract on a day: dates alone decide, both ends inclusive, days are the tenant's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contracts import Contract, ContractState, Ref, state_on

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
MAYBE = st.none() | DAYS
ORDER = [
    ContractState.UPCOMING,
    ContractState.ACTIVE,
    ContractState.EXPIRING,
    ContractState.EXPIRED,
]


def contract(
    start: date | None, end: date | None, terminated: date | None = None, status: str | None = None
) -> Contract:
    return Contract(Ref("x", "1"), "N", "維護", "ERP", start, end, terminated, raw_status=status)


def state(contract: Contract, today: date, within: int = 45) -> ContractState:
    return state_on(contract, today, expiring_within_days=within)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-10-31T23:59:59+08:00", ContractState.EXPIRING),
        ("2026-11-01T00:00:00+08:00", ContractState.EXPIRED),
        ("2026-10-31T16:00:00+00:00", ContractState.EXPIRED),
        ("2026-11-01T08:00:00+08:00", ContractState.EXPIRED),
        ("2026-10-31T08:00:00+08:00", ContractState.EXPIRING),
    ],
)
def test_a_contract_ends_with_its_last_day_in_taipei_not_at_utc_midnight(instant: str, expected: ContractState) -> None:
    today = datetime.fromisoformat(instant).astimezone(UTC).astimezone(ZoneInfo("Asia/Taipei")).date()
    assert state(contract(date(2025, 11, 1), date(2026, 10, 31)), today) is expected


@given(MAYBE, MAYBE, MAYBE, DAYS, st.integers(0, 400))
def test_every_contract_has_a_state_and_the_status_field_never_matters(start, end, terminated, today, within) -> None:
    found = state(contract(start, end, terminated), today, within)
    assert found in ContractState
    assert state(contract(start, end, terminated, "生效中"), today, within) is found


@given(DAYS, MAYBE, st.data(), st.integers(0, 400))
def test_a_contract_only_ever_grows_older(start, end, data, within) -> None:
    one, two = sorted((data.draw(DAYS), data.draw(DAYS)))
    if end is not None and end < start:
        assert state(contract(start, end), one, within) is ContractState.UNKNOWN
        return
    first, second = state(contract(start, end), one, within), state(contract(start, end), two, within)
    assert ORDER.index(first) <= ORDER.index(second)


@given(DAYS, st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 400))
def test_both_ends_are_covered_and_the_days_beyond_are_not(start, length, day, within) -> None:
    end = start + timedelta(days=length)
    today = start + timedelta(days=min(day, length))
    assert state(contract(start, end), today, within).covered
    assert state(contract(start, end), end + timedelta(days=1), within) is ContractState.EXPIRED
    assert state(contract(start, end), start - timedelta(days=1), within) is ContractState.UPCOMING
    expiring = state(contract(start, end), today, within) is ContractState.EXPIRING
    assert expiring == ((end - today).days <= within)


@given(DAYS, DAYS)
def test_an_open_end_never_expires(start, today) -> None:
    assert state(contract(start, None), today) in (ContractState.UPCOMING, ContractState.ACTIVE)


@given(MAYBE, MAYBE, DAYS, DAYS)
def test_a_termination_counts_from_its_day_on(start, end, terminated, today) -> None:
    found = state(contract(start, end, terminated), today)
    if terminated <= today:
        assert found is ContractState.TERMINATED
    else:
        assert found is state(contract(start, end), today)


@given(DAYS)
def test_without_dates_the_state_is_unknown(today) -> None:
    assert state(contract(None, None), today) is ContractState.UNKNOWN
