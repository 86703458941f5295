import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.desk import Locale
from bot.knowledge import load_knowledge
from bot.reload import follow_files, stamps_of
from bot.services.knowledge import Knowledge, LiveKnowledge
from config.settings import PACKAGED_POLICY, PACKAGED_SCRIPTS, Settings, load_settings
from tests.scenarios.desk import eventually

KEY = "home.hello"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Over a copy of the shipped files that may be changed."""
    scripts = shutil.copytree(PACKAGED_SCRIPTS, tmp_path / "scripts")
    policy = shutil.copy(PACKAGED_POLICY, tmp_path / "policy.yaml")
    return load_settings(scripts_dir=scripts, policy_file=policy)


@pytest.fixture
async def live(settings: Settings) -> AsyncIterator[LiveKnowledge]:
    knowledge = LiveKnowledge(load_knowledge(settings))
    following = asyncio.create_task(follow_files(settings, knowledge, every=0.05))
    await asyncio.sleep(0.2)
    yield knowledge
    following.cancel()
    await asyncio.wait([following])


async def replaced(live: LiveKnowledge, old: Knowledge) -> None:
    async def other() -> bool:
        return live.current is not old

    await eventually(other, 30)


def reword(settings: Settings, old: str, new: str, file: str = "texts/hant/home.yaml") -> None:
    path = settings.scripts_dir / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


async def test_good_files_replace_the_knowledge_and_faulty_ones_leave_it(settings: Settings, live: LiveKnowledge):
    old = live.current
    hello = old.texts.get(KEY, Locale.HANT)
    reword(settings, hello, "換了一句招呼")
    await replaced(live, old)
    assert live.current.texts.get(KEY, Locale.HANT) == "換了一句招呼"
    assert old.texts.get(KEY, Locale.HANT) == hello, "what was in use is not changed"

    good = live.current
    (settings.scripts_dir / "plays" / "new.yaml").write_text("movs: {}", "utf-8")
    (settings.scripts_dir / "texts" / "hant" / "new.yaml").write_text("only.here: 只有這裡", "utf-8")
    with capture_logs() as logs:

        async def kept() -> bool:
            return any(entry["event"] == "scripts_kept" for entry in logs)

        await eventually(kept, 30)
    faults = [entry["fault"] for entry in logs if entry["event"] == "scripts_faulty"]
    assert live.current is good
    assert any("plays/new.yaml" in fault and "movs" in fault for fault in faults)
    assert any("only.here" in fault for fault in faults), "faults of every kind of file are told at once"
    assert len(set(faults)) == len(faults)

    for file in ("plays/new.yaml", "texts/hant/new.yaml"):
        (settings.scripts_dir / file).unlink()
    await replaced(live, good)


async def test_house_rules_are_followed_too(settings: Settings, live: LiveKnowledge):
    old = live.current
    settings.policy_file.write_text("expiring_within_days: 12\n", "utf-8")
    await replaced(live, old)
    assert live.current.policy.expiring_within_days == 12


async def test_the_loop_runs_on_while_files_are_loaded(settings: Settings, live: LiveKnowledge):
    old = live.current
    reword(settings, old.texts.get(KEY, Locale.HANT), "換了一句招呼")
    turns = 0
    while live.current is old:
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 20


def test_every_change_of_a_file_shows(settings: Settings):
    before = stamps_of(settings)
    assert stamps_of(settings) == before
    (settings.scripts_dir / "lexicon" / "tactics" / "pity.yaml").unlink()
    assert stamps_of(settings) < before
    shutil.rmtree(settings.scripts_dir)
    assert {path for path, _, _ in stamps_of(settings)} == {settings.policy_file}
