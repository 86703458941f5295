"""Those who write the scripts see their words at work without a restart."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bot.domain.reading.model import Variant
from config.settings import PACKAGED_SCRIPTS
from tests.scenarios.desk import AGENT, DESK, Desk, Message, eventually, in_channel, text_of, whispered

TROUBLE = "ERP 月結一直跳錯，整個財務部停住了"
NEW_WORDS = "這是主管今天剛寫好的句子，"


async def newest_draft(desk: Desk) -> Message:
    before = len(await desk.messages(whispered(AGENT)))
    await desk.command("/draft")

    async def shown() -> Message | None:
        drafts = await desk.messages(whispered(AGENT))
        return drafts[-1] if len(drafts) > before else None

    found: Message = await eventually(shown, 10)
    return found


async def test_a_changed_wording_is_in_the_next_draft_and_a_faulty_file_keeps_the_words(tmp_path: Path) -> None:
    scripts = Path(shutil.copytree(PACKAGED_SCRIPTS, tmp_path / "scripts"))
    plays = scripts / "plays" / "triage.yaml"
    desk = await Desk.start(tmp_path / "demo.log", env={"FENCUN_SCRIPTS_DIR": str(scripts)})
    try:
        await desk.say(TROUBLE)
        await desk.one(in_channel(DESK))
        assert NEW_WORDS not in text_of(await newest_draft(desk))

        reworded(plays)
        await logged(desk, "scripts_reloaded")
        assert NEW_WORDS in text_of(await newest_draft(desk))

        plays.write_text("moves: [", "utf-8")
        await logged(desk, "scripts_kept")
        assert "triage.yaml" in desk.log.read_text("utf-8")
        assert NEW_WORDS in text_of(await newest_draft(desk))
    finally:
        assert await desk.stop() == 0


def reworded(plays: Path) -> None:
    """Every wording of the Taiwan side begins with the new words."""
    section, lines = "", []
    for line in plays.read_text("utf-8").splitlines():
        if line.strip().rstrip(":") in set(Variant):
            section = line.strip().rstrip(":")
        wording = section == Variant.HANT and re.fullmatch(r"(        - \"?)(.+)", line)
        lines.append(f"{wording[1]}{NEW_WORDS}{wording[2]}" if wording else line)
    plays.write_text("\n".join(lines), "utf-8")


async def logged(desk: Desk, event: str) -> None:
    async def told() -> bool:
        return event in desk.log.read_text("utf-8")

    await eventually(told, 30)
