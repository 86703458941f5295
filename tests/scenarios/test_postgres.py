"""The main path on PostgreSQL: the store is the only difference, and nobody notices it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import PostgresUrl
from tests.scenarios.desk import (
    AGENT,
    DESK,
    ESCALATION,
    SUPERVISOR,
    Desk,
    has_action,
    in_channel,
    text_of,
    whispered,
)

pytestmark = pytest.mark.postgres


async def test_the_path_runs_on_postgres(postgres_url: PostgresUrl, tmp_path: Path) -> None:
    desk = await Desk.start(tmp_path / "demo.log", env={"FENCUN_DATABASE_URL": postgres_url("scenario")})
    try:
        await desk.say("ERP 又當了,出貨單整批印不出來,這次可不可以免費幫我們處理?")
        card = await desk.one(in_channel(DESK))
        await desk.command("/draft")
        assert has_action("draft_use")(await desk.one(whispered(AGENT)))
        root = await desk.escalate(card)
        await desk.say("不行,請客戶先續約", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
        await desk.one(lambda m: m["channel"].startswith("D") and "婉拒" in text_of(m))
        await desk.one(lambda m: in_channel(DESK)(m) and "婉拒" in text_of(m))
    finally:
        assert await desk.stop() == 0
