import json

import pytest

from bot.adapters.scripts.texts import load_texts
from bot.cli.wire_case import draft_json, parse_case
from bot.domain.cases import Done, Fault
from bot.domain.errors import CaseInputError
from tests.casebook import FIRST_THREE, HIGH, NOW, SCRIPTS, case, drafter, reading

FULL = {
    "id": "c01",
    "customer": " ACME-001 ",
    "now": "2026-11-22T10:00:00+08:00",
    "messages": [
        {"from": "customer", "text": "打不開", "at": "2026-11-22T09:00:00+08:00"},
        {"from": "agent", "text": "您好"},
    ],
    "triage": {
        "severity": "high",
        "difficulty": "easy",
        "hours": 0.5,
        "cost": 3000,
        "currency": "TWD",
        "product": "ERP",
    },
    "fault": "theirs",
    "history_checked": True,
    "decision": {"verdict": "counter", "by": "supervisor", "note": "n", "offer": {"amount": 3000, "currency": "TWD"}},
    "promises": [{"text": "回電", "owner": "佳穎", "due": "2026-11-23T10:00:00+08:00", "state": "open"}],
    "actions": [{"kind": "escalated", "at": "2026-11-22T09:30:00+08:00"}],
}


def test_a_full_case_is_read_field_by_field():
    made, customer = parse_case(FULL, now=NOW)
    assert customer == "ACME-001"
    assert made.triage.complete
    assert (made.fault, made.history_checked) == (Fault.THEIRS, True)
    assert made.did(Done.ESCALATED)
    assert made.decision.offer.amount == 3000
    assert made.promises[0].owner == "佳穎"
    assert made.last_customer_message.text == "打不開"


def test_only_messages_are_required_and_null_counts_as_left_out():
    made, customer = parse_case(
        {"messages": [{"from": "customer", "text": "嗨"}], "triage": None, "actions": None}, now=NOW
    )
    assert (customer, made.now, made.fault) == (None, NOW, Fault.UNKNOWN)


def test_times_of_any_offset_are_those_of_the_tenant():
    """22:00 UTC is tomorrow morning in Taipei: what ends that day has ended there."""
    item = FULL | {
        "now": "2026-11-22T22:00:00Z",
        "messages": [{"from": "customer", "text": "打不開", "at": "2026-11-22T16:30:00+00:00"}],
        "promises": [{"text": "回電", "due": "2026-11-23T01:00:00Z"}],
        "actions": [{"kind": "escalated", "at": "2026-11-22T12:00:00-05:00"}],
    }
    made, _ = parse_case(item, now=NOW)
    told = [made.now, made.last_customer_message.at, made.promises[0].due, made.actions[0].at]
    assert [at.isoformat() for at in told] == [
        "2026-11-23T06:00:00+08:00",
        "2026-11-23T00:30:00+08:00",
        "2026-11-23T09:00:00+08:00",
        "2026-11-23T01:00:00+08:00",
    ]


@pytest.mark.parametrize(
    "at", ["2026-11-22T10:00:00", "2026-11-22", 1763800000, "1763800000", "soon", "0001-01-01T00:00Z"]
)
def test_only_iso_8601_with_an_offset_is_a_time(at):
    with pytest.raises(CaseInputError, match=r"^now: must be a time with an offset, such as 2026"):
        parse_case(FULL | {"now": at}, now=NOW)


def test_a_customer_may_be_counted_by_the_crm():
    assert parse_case(FULL | {"customer": 1001}, now=NOW)[1] == "1001"


@pytest.mark.parametrize(("written", "meant"), [("TWD", "TWD"), ("ntd", "TWD"), ("RMB", "CNY"), ("usd", "USD")])
def test_a_currency_may_be_written_as_people_write_it(written, meant):
    made, _ = parse_case(FULL | {"triage": {"cost": 3000, "currency": written}}, now=NOW)
    assert made.triage.cost.currency == meant


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({}, "messages"),
        ({"messages": []}, "messages"),
        ({"messages": [{"from": "boss", "text": "x"}]}, "messages.0.from"),
        ({"messages": [{"from": "agent", "text": "x"}]}, "messages"),
        ({"messages": [{"from": "customer", "text": "x"}], "now": "2026-11-22T10:00:00"}, "now"),
        ({"messages": [{"from": "customer", "text": "x"}], "triage": {"severity": "huge"}}, "triage.severity"),
        ({"messages": [{"from": "customer", "text": "x"}], "triage": {"cost": -1}}, "triage.cost"),
        ({"messages": [{"from": "customer", "text": "x"}], "triage": {"currency": "XYZ"}}, "triage.currency"),
        ({"messages": [{"from": "customer", "text": "x"}], "customer": True}, "customer"),
        ({"messages": [{"from": "customer", "text": "x"}], "decision": {"verdict": "maybe"}}, "decision.verdict"),
        ({"messages": [{"from": "customer", "text": "x"}], "actions": [{"kind": "danced"}]}, "actions.0.kind"),
    ],
)
def test_a_wrong_field_is_named(item, field):
    with pytest.raises(CaseInputError, match=f"^{field}: "):
        parse_case(item, now=NOW)


def test_the_output_has_the_shape_of_the_specification():
    made = case("ERP 月結一直跳錯", triage=HIGH, actions=FIRST_THREE)
    drafts = drafter().draft(made, reading("ERP 月結一直跳錯", {"support_request": "月結一直跳錯"}))
    out = draft_json("c01", drafts, load_texts(SCRIPTS / "texts"))
    assert json.loads(json.dumps(out, ensure_ascii=False)) == out
    assert list(out) == ["id", "reading", "contract", "stage", "drafts", "actions"]
    assert out["contract"] == {
        "state": "expired",
        "number": "M-2025-018",
        "end": "2026-10-31",
        "as_of": NOW.isoformat(),
        "stale": False,
        "source": "sql",
    }
    assert out["stage"] == "seek_support"
    assert [item["tone"] for item in out["drafts"]] == ["empathetic", "firm"]
    assert set(out["drafts"][0]) == {"tone", "text", "facts", "findings"}
    assert all("主管" in a["reason"] for a in out["actions"] if a["kind"] == "open_escalation")
