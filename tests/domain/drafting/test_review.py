"""What is told of a playbook as a whole."""

from pathlib import Path

import pytest

from bot.adapters.scripts.plays import load_plays
from bot.domain.drafting.plays import Playbook
from bot.domain.drafting.review import flaws_of
from tests.casebook import linter

MOVES = """
moves:
  said:
    kind: fact
    empathetic: {hant: [我看到了。], hans: [我看到了。]}
    firm: {hant: [我收到了。], hans: [我收到了。]}
  hidden:
    kind: fact
    empathetic: {hant: [這是公司規定，我沒辦法。], hans: [我看到了。]}
    firm: {hant: [我收到了。], hans: [我收到了。]}
  of_family:
    kind: fact
    about:
      printing:
        empathetic: {hant: [我看到了。], hans: [我看到了。]}
        firm: {hant: [我收到了。], hans: [这是公司规定，我没办法。]}
"""


def book(tmp_path: Path, *plays: str, take_ups: str = "") -> Playbook:
    listed = "\n".join(f"  - {{moves: [said], {play}}}" for play in plays) or "  []"
    (tmp_path / "a.yaml").write_text(f"{MOVES}\nplays:\n{listed}\n{take_ups}", "utf-8")
    return load_plays(tmp_path)


def flaws(tmp_path: Path, *plays: str, take_ups: str = "") -> list[tuple[str, str]]:
    return [(flaw.name, flaw.field) for flaw in flaws_of(book(tmp_path, *plays, take_ups=take_ups), linter())]


@pytest.mark.parametrize(
    "when",
    [
        "{stages: [close], states: [active]}",
        "{stages: [compensate], faults: [theirs], verdicts: [decline]}",
        "{stages: [seek_support], undone: [explained]}",
        "{stages: [set_expectations], flags: [no_account]}",
        "{stages: [explain], states: [unknown]}",
        "{flags: [over_cap], verdicts: [decline]}",
        "{done: [escalated], undone: [escalated]}",
        "{flags: [covered], unflagged: [covered]}",
        "{intents: [free_service], without: [free_service]}",
        "{intents: [free_service], unflagged: [any_intent]}",
    ],
)
def test_conditions_that_no_case_meets_are_told(tmp_path: Path, when: str):
    assert flaws(tmp_path, f"id: one, when: {when}") == [("one", "when")]
    take_up = f"take_ups: [{{id: one, when: {when}, move: said, place: side}}]"
    assert flaws(tmp_path, take_ups=take_up) == [("one", "when")]


@pytest.mark.parametrize(
    "when",
    [
        "{}",
        "{stages: [none], states: [active]}",
        "{stages: [close], verdicts: [decline]}",
        "{stages: [compensate], faults: [ours], done: [history_checked]}",
        "{stages: [compensate], faults: [theirs], verdicts: [counter]}",
        "{stages: [triage], flags: [no_account]}",
        "{stages: [none], states: [expired], flags: [sales_only]}",
        "{done: [engineer_asked], undone: [escalated]}",
    ],
)
def test_conditions_that_some_case_meets_are_in_order(tmp_path: Path, when: str):
    assert flaws(tmp_path, f"id: one, when: {when}") == []


def test_a_play_that_always_comes_second_is_told(tmp_path: Path):
    wide = "id: wide, when: {stages: [triage, explain], flags: [triaged]}, priority: 70"
    narrow = "id: narrow, when: {stages: [triage], flags: [triaged, good_customer], intents: [free_service]}"
    assert flaws(tmp_path, wide, narrow) == [("narrow", "when")]
    assert flaws(tmp_path, wide, f"{narrow}, priority: 71") == []
    assert flaws(tmp_path, wide, f"{narrow}, kind: memo") == []


def test_two_plays_of_one_rank_that_can_both_apply_are_told(tmp_path: Path):
    one, other = "id: a, when: {stages: [triage], intents: [free_service]}", "id: b, when: {stages: [triage], %s}"
    assert flaws(tmp_path, one, other % "tactics: [pity]") == [("b", "priority")]
    assert flaws(tmp_path, one, other % "tactics: [pity]" + ", priority: 51") == []
    assert flaws(tmp_path, one, "id: b, when: {stages: [close], intents: [free_service]}") == []
    assert flaws(tmp_path, one, "id: b, when: {stages: [triage], without: [free_service]}") == []


def test_a_wording_that_our_own_lint_blocks_is_told_with_its_place(tmp_path: Path):
    side = "take_ups: [{id: side, when: {tactics: [pity]}, move: hidden, place: side}]"
    assert flaws(tmp_path, take_ups=side) == [("hidden", "empathetic.hant.0")]


def test_a_wording_said_of_one_family_only_is_looked_at_too(tmp_path: Path):
    side = "take_ups: [{id: side, when: {tactics: [pity]}, move: of_family, place: side}]"
    assert flaws(tmp_path, take_ups=side) == [("of_family", "about.printing.firm.hans.0")]


def test_two_take_ups_of_one_weight_that_can_meet_are_told(tmp_path: Path):
    one = "{id: one, when: {tactics: [pity]}, move: said, place: open, weight: 7}"
    other = "{id: other, when: {tactics: [insult]}, move: said, place: %s, weight: %d}"
    assert flaws(tmp_path, take_ups=f"take_ups: [{one}, {other % ('open', 7)}]") == [("other", "weight")]
    assert flaws(tmp_path, take_ups=f"take_ups: [{one}, {other % ('open', 8)}]") == []
    assert flaws(tmp_path, take_ups=f"take_ups: [{one}, {other % ('side', 7)}]") == []
