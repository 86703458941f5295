"""A case of the desk, as drafting sees it: all that a case from a file could hold."""

from datetime import datetime, timedelta

from bot.domain.cases import Done, PromiseState, Speaker
from bot.domain.commitments import PromiseRecord
from bot.domain.desk import ActionRecord, CaseRecord, Dossier, MessageRecord
from bot.domain.drafting.situation import situation_of
from bot.domain.drafting.slots import slots_of
from bot.domain.drafting.sources import Sources
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WEEKDAYS_ONLY
from bot.domain.reading.model import Intent, Reading, Tactic, Variant

NOW = datetime.fromisoformat("2026-11-23T10:20:00+08:00")
RECORD = CaseRecord("c1", "T1", "C1", "1.0", NOW, NOW, Variant.HANT)


def promise(position, due, *, kept=False):
    return PromiseRecord("C1", "1.1", position, "c1", "U1", "補回點數", due, NOW, NOW if kept else None)


def test_promises_made_in_replies_reach_drafting():
    ahead, late, kept = (
        promise(0, NOW + timedelta(hours=2)),
        promise(1, NOW - timedelta(hours=2)),
        promise(2, NOW + timedelta(hours=3), kept=True),
    )
    case = Dossier(RECORD, NOW, promises=(ahead, late, kept)).as_case()
    assert [(p.due, p.state) for p in case.promises] == [
        (ahead.due, PromiseState.OPEN),
        (late.due, PromiseState.OPEN),
        (kept.due, PromiseState.KEPT),
    ]
    asked = Reading(Variant.HANT, (Intent.PROGRESS_INQUIRY,))
    slots = slots_of(Sources(case, asked, situation_of(case, asked, Policy()), Policy(), WEEKDAYS_ONLY))
    assert slots["due"].text == "12:20"
    assert slots["promised"].text == "今天 08:20"
    assert "keeper" not in slots, "a person's id is no name"


def message(text, *, minutes, reading=None):
    speaker = Speaker.CUSTOMER if reading else Speaker.AGENT
    at = NOW + timedelta(minutes=minutes)
    return MessageRecord("c1", "C1", f"1.{minutes}", "U1", speaker, text, at, reading)


def test_what_the_customer_came_for_is_before_their_last_words():
    matter = Reading(Variant.HANT, (Intent.FREE_SERVICE,))
    asked = Reading(Variant.HANT, (Intent.PROGRESS_INQUIRY,))
    pressed = Reading(Variant.HANT, (), (Tactic.NAGGING,))
    said = (
        message("信箱擴充免費吧", minutes=0, reading=matter),
        message("我問主管", minutes=1),
        message("所以呢", minutes=2, reading=asked),
        message("到底行不行", minutes=3, reading=pressed),
    )
    dossier = Dossier(RECORD, NOW, messages=said)
    assert dossier.last_reading == pressed
    assert dossier.reading_before == matter


def test_steps_keep_their_times():
    step = ActionRecord("c1", Done.ENGINEER_ASKED, NOW - timedelta(minutes=5))
    case = Dossier(RECORD, NOW, actions=(step,)).as_case()
    assert [(action.kind, action.at) for action in case.actions] == [(step.kind, step.at)]
