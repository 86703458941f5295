"""The machine's own clock and ids."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.adapters.clock import SystemClock
from bot.adapters.ids import RandomIds


def test_clock_tells_the_present_in_the_tenants_zone():
    now = SystemClock(ZoneInfo("Asia/Taipei")).now()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)


def test_ids_name_their_kind_and_never_repeat():
    ids = {RandomIds().new("case") for _ in range(1000)}
    assert len(ids) == 1000
    assert all(id_.startswith("case_") for id_ in ids)
