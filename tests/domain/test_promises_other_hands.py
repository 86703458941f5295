"""Replies by other hands than the lexicon's. A third is held out: the lexicon was mended without them."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.scripts.promises import load_promises
from bot.domain.promises.finder import find_promises
from bot.domain.promises.lexicon import PromiseLexicon

ROOT = Path(__file__).parents[2]
FLOORS = {"held out": 0.94, "seen": 0.97}
"""Shares of replies whose set of (due, vague) is right."""


@pytest.fixture(scope="module")
def lexicon() -> PromiseLexicon:
    return load_promises(ROOT / "scripts_zh" / "lexicon")


def _replies() -> list[dict]:
    return [json.loads(x) for x in (ROOT / "tests/data/promises_other_hands.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("part", FLOORS)
def test_promises_of_other_hands(lexicon, part):
    replies = [r for r in _replies() if r["held_out"] is (part == "held out")]
    wrong = []
    for reply in replies:
        found = find_promises(reply["text"], now=datetime.fromisoformat(reply["now"]), lexicon=lexicon)
        got = sorted((p.due.isoformat() if p.due else "", p.vague) for p in found)
        if got != sorted((p["due"] or "", p["vague"]) for p in reply["promises"]):
            wrong.append(reply["text"])

    assert 1 - len(wrong) / len(replies) >= FLOORS[part], wrong
