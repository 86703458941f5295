"""Replies in many agents' voices. From what is held out and from ``fresh`` no weights were learnt.

How many were right at first reading stands in ``docs/lint.md``.
"""

import json
from pathlib import Path

import pytest

from bot.domain.lint.linter import Linter

DATA = Path(__file__).parents[2] / "data" / "lint"


def replies(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


HELD_OUT = [reply for reply in replies("voices") if reply["held_out"]]
FRESH = replies("fresh")


@pytest.mark.parametrize(("batch", "floor"), [(HELD_OUT, 0.95), (FRESH, 0.95)], ids=["held out", "fresh"])
def test_what_breaks_a_rule_is_found_in_any_voice(linter: Linter, batch: list[dict], floor: float):
    bad = [reply["text"] for reply in batch if reply["rule"]]
    missed = [text for text in bad if not linter.check(text)]

    assert len(bad) >= 40
    assert len(missed) <= (1 - floor) * len(bad), missed


@pytest.mark.parametrize("batch", [HELD_OUT, FRESH], ids=["held out", "fresh"])
def test_good_replies_of_any_voice_are_let_through(linter: Linter, batch: list[dict]):
    good = [reply["text"] for reply in batch if not reply["rule"]]
    alarms = [text for text in good if linter.check(text)]

    assert len(good) >= 40
    assert len(alarms) <= 0.02 * len(good), alarms
