"""The reviewed drafts of a set of cases, and what must hold of every one of them.

``pytest tests/golden --snapshot-update`` writes the drafts anew: read every one that changed before committing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

from bot.domain.cases import Fault, Verdict
from bot.domain.contracts import ContractState
from bot.domain.drafting.dialogue import in_dialogue
from bot.domain.drafting.factlock import loose_figures
from bot.domain.drafting.model import Stage, Tone
from bot.domain.drafting.plays import PlayKind
from bot.domain.drafting.situation import situation_of
from bot.domain.drafting.slots import slots_of
from bot.domain.drafting.sources import Sources
from bot.domain.lint.model import Level
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WEEKDAYS_ONLY
from bot.domain.reading.model import Intent, Tactic, Variant
from bot.domain.reading.variant import detect_variant
from tests.casebook import both, by_tone, case, draft, playbook, reading
from tests.golden.page import PAGE, page

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]
NOT_FIELDS = ("id", "text", "says")

MAINLAND_ONLY = re.compile("维保|工单|反馈|报错|截图|咱|靠谱|搞定|对接")
TAIWAN_ONLY = re.compile("維護|窗口|畫面|報價單|呈報|工程端")


@pytest.fixture(params=CASES, ids=lambda item: item["id"])
def golden(request):
    return request.param


@pytest.fixture
def drafts(golden):
    fields = {name: value for name, value in golden.items() if name not in NOT_FIELDS}
    return draft(golden["text"], golden["says"], id=golden["id"], **fields)


def test_the_drafts_are_those_that_were_reviewed(golden, drafts, snapshot):
    seen = {
        "customer": golden["text"],
        "stage": drafts.stage.value,
        "drafts": {item.tone.value: item.text for item in drafts.drafts},
        "facts": {fact.text: fact.source for fact in drafts.drafts[0].facts},
        "proposals": [proposal.kind.value for proposal in drafts.proposals],
        "missing": list(drafts.missing),
    }
    assert seen == snapshot(extension_class=JSONSnapshotExtension)


def test_there_are_two_drafts_of_a_length_for_chat(drafts):
    assert {item.tone for item in drafts.drafts} == set(Tone)
    for item in drafts.drafts:
        assert 40 <= len(item.text) <= 180


def test_every_figure_has_its_source(drafts):
    for item in drafts.drafts:
        assert loose_figures(item.text, item.facts) == ()
        assert all(fact.text in item.text and fact.source for fact in item.facts)


def test_both_tones_state_the_same_facts(drafts):
    tones = by_tone(drafts)
    assert set(tones[Tone.EMPATHETIC].facts) == set(tones[Tone.FIRM].facts)
    assert tones[Tone.EMPATHETIC].text != tones[Tone.FIRM].text


def test_the_drafts_are_written_in_the_customers_variant(golden, drafts):
    variant = detect_variant(golden["text"]) or Variant.HANT
    foreign = MAINLAND_ONLY if variant is Variant.HANT else TAIWAN_ONLY
    for item in drafts.drafts:
        assert detect_variant(item.text) is variant
        assert not foreign.search(item.text)
        assert not re.search("[你妳]", item.text)
        assert not re.search(r"[,;!?](?!\d)|\.\s", item.text)


def test_the_lint_has_nothing_to_block(drafts):
    assert not [f for item in drafts.drafts for f in item.findings if f.severity is Level.BLOCK]


def test_triage_says_nothing_of_expiry_or_fees(golden, drafts):
    if drafts.stage is Stage.TRIAGE:
        assert not re.search("過期|到期|过期|過保|过保|費用|费用|收費|收费|免費|免费|續約|续约", both(drafts))


def test_without_an_account_no_contract_is_spoken_of(golden, drafts):
    if golden["state"] is None:
        assert drafts.contract is None
        to_be_checked = re.compile("(?:您問的|您问的)?(?:合約|合同)(?:的部分)?，我?(?:核對|核对)到")
        assert not re.search("維護|维保|保固|合約|合同|到期", to_be_checked.sub("", both(drafts)))


def test_every_play_and_every_take_up_occurs_in_the_set():
    plays, take_ups = set(), set()
    for item in CASES:
        before = reading(*item["before"]) if "before" in item else None
        made = case(
            item["text"], **{name: value for name, value in item.items() if name not in (*NOT_FIELDS, "before")}
        )
        read = reading(item["text"], item["says"])
        meant = in_dialogue(made, read, before, asks=playbook().asks(made))
        situation = playbook().heard(situation_of(made, meant, Policy()), made)
        available = frozenset(slots_of(Sources(made, meant, situation, Policy(), WEEKDAYS_ONLY)))
        play = playbook().play(situation, available)
        assert play is not None
        plays.add(play.id)
        take_ups |= {take_up.id for take_up in playbook().matching_take_ups(situation, available)}
    assert {play.id for play in playbook().plays if play.kind is PlayKind.CHAT} == plays
    from_context = {"take.repeat"}  # needs more than one reading: test_dialogue holds it
    assert {take_up.id for take_up in playbook().take_ups} - from_context == take_ups


def test_the_set_covers_what_there_is():
    stages = {
        str(draft(c["text"], c["says"], **{k: v for k, v in c.items() if k not in NOT_FIELDS}).stage) for c in CASES
    }
    assert stages == set(Stage)
    assert {label for c in CASES for label in c["says"]} == {*map(str, Intent), *map(str, Tactic)}
    assert {c.get("fault", "unknown") for c in CASES} == set(Fault)
    assert {c["decision"]["verdict"] for c in CASES if "decision" in c} == set(Verdict)
    assert {c["state"] for c in CASES} - {None, "none"} == set(ContractState) - {ContractState.UNKNOWN}
    assert {detect_variant(c["text"]) for c in CASES} >= set(Variant)
    assert len(CASES) >= 60


def test_the_page_of_drafts_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.golden.page"
