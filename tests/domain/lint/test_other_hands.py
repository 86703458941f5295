"""Replies by a writer who had not seen the rules; the held-out third is reported in numbers only, never by its lines."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.lint.model import Finding, Level

DATA = Path(__file__).parents[2] / "data" / "lint" / "other_hands.jsonl"
REPLIES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
BLOCKED = {
    "policy",
    "customer_is_god",
    "begging",
    "blame_passing",
    "not_my_part",
    "talking_down",
    "rude",
    "arrogance",
    "liability_admission",
    "internal_leak",
    "empty_threat",
}


@pytest.fixture(scope="module")
def found(linter) -> dict[str, tuple[Finding, ...]]:
    return {reply["id"]: linter.check(reply["text"]) for reply in REPLIES}


def bad(held_out: bool) -> list[dict]:
    return [reply for reply in REPLIES if reply["bad"] and reply["held_out"] is held_out]


def good(held_out: bool) -> list[dict]:
    return [reply for reply in REPLIES if not reply["bad"] and reply["held_out"] is held_out]


@pytest.mark.parametrize(("held_out", "floor"), [(False, 0.97), (True, 0.90)])
def test_bad_replies_of_another_hand_are_caught(found, held_out, floor):
    replies = bad(held_out)
    caught = sum(bool(found[reply["id"]]) for reply in replies)

    assert caught >= floor * len(replies)


@pytest.mark.parametrize("held_out", [False, True])
def test_hiding_behind_policy_is_caught_in_every_variant(found, held_out):
    replies = [reply for reply in bad(held_out) if "policy" in reply["bad"]]
    caught = [reply for reply in replies if found[reply["id"]]]

    assert len(caught) >= 0.95 * len(replies)


def test_no_theme_is_left_to_chance(found):
    asked, caught = Counter(), Counter()
    for reply in (*bad(False), *bad(True)):
        asked.update(reply["bad"])
        caught.update(reply["bad"] if found[reply["id"]] else ())

    assert min(asked.values()) >= 12
    assert {theme: caught[theme] for theme in asked if caught[theme] < 0.8 * asked[theme]} == {}


def test_what_harms_most_is_blocked_and_not_only_warned_of(found):
    grave = [reply for reply in (*bad(False), *bad(True)) if BLOCKED & set(reply["bad"])]
    blocked = [r for r in grave if any(finding.severity is Level.BLOCK for finding in found[r["id"]])]

    assert len(blocked) >= 0.9 * len(grave)


@pytest.mark.parametrize("held_out", [False, True])
def test_near_misses_of_another_hand_are_let_through(found, held_out):
    replies = good(held_out)
    alarms = sum(bool(found[reply["id"]]) for reply in replies)

    assert alarms <= 0.02 * len(replies)
