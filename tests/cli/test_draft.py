from pathlib import Path

import pytest

from bot.__main__ import main
from tests.cli.conftest import Ask

NOW = ("--now", "2026-11-22T10:00:00+08:00")
HELP = {"from": "customer", "text": "ERP 從早上開始登不進去，可以派人來看一下嗎？大家那麼熟，這次就免費幫個忙。"}


def test_a_case_is_answered_with_contract_stage_and_both_tones(ask: Ask):
    (answer,) = ask("draft", {"id": "c1", "customer": "YF-1001", "messages": [HELP]}, options=NOW)

    assert list(answer) == ["id", "reading", "contract", "stage", "drafts", "actions"]
    assert answer["contract"]["state"] == "expired"
    assert answer["contract"]["end"] == "2026-10-31"
    assert answer["contract"]["as_of"] == "2026-11-22T10:00:00+08:00"
    assert answer["stage"] == "triage"
    assert [draft["tone"] for draft in answer["drafts"]] == ["empathetic", "firm"]
    assert "free_service" in answer["reading"]["intents"]


def test_only_messages_are_required(ask: Ask):
    (answer,) = ask("draft", {"messages": [HELP]})

    assert (answer["id"], answer["contract"]) == (None, None)
    assert len(answer["drafts"]) == 2


def test_a_customer_may_be_named_by_id_or_name(ask: Ask):
    names = ["YF-1001", "永豐紡織股份有限公司", "yf-1001"]

    answers = ask("draft", *({"id": name, "customer": name, "messages": [HELP]} for name in names))

    assert [answer["contract"]["end"] for answer in answers] == ["2026-10-31"] * 3


def test_an_unknown_customer_has_no_contract_to_state(ask: Ask):
    names = ["沒有這家公司", "ZZ-9999", "  ", "'; DROP TABLE crm_customers; --", "%"]

    answers = ask("draft", *({"id": name, "customer": name, "messages": [HELP]} for name in names))

    assert [(answer["contract"], len(answer["drafts"])) for answer in answers] == [(None, 2)] * 5


def test_a_crm_that_is_down_costs_the_contract_and_nothing_else(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("FENCUN_CRM", "sql")
    monkeypatch.setenv("FENCUN_CRM_URL", f"sqlite:///{tmp_path / 'nowhere' / 'crm.db'}")

    lines = ({"id": str(n), "customer": "YF-1001", "messages": [HELP]} for n in range(3))
    answers = ask("draft", *lines, told="fencun: no contract is stated, the CRM file")

    assert [(answer["contract"], len(answer["drafts"])) for answer in answers] == [(None, 2)] * 3


def test_thanks_need_no_draft(ask: Ask):
    (answer,) = ask("draft", {"id": "c", "messages": [{"from": "customer", "text": "好的，謝謝！"}]})

    assert (answer["stage"], answer["drafts"]) == ("none", [])


def test_a_faulty_case_is_told_by_its_field_and_the_stream_goes_on(ask: Ask):
    faulty = {
        "messages: Field required": {},
        "messages: ": {"messages": []},
        "messages: Input": {"messages": "hello"},
        "messages: hold no": {"messages": [{"from": "agent", "text": "您好"}]},
        "messages.0: must be a JSON object": {"messages": ["hello"]},
        "messages.0.from: ": {"messages": [{"from": "nobody", "text": "x"}]},
        "now: ": {"messages": [HELP], "now": "yesterday"},
        "triage.severity: ": {"messages": [HELP], "triage": {"severity": "huge"}},
        "fault: ": {"messages": [HELP], "fault": "nobody's"},
        "actions.0.kind: ": {"messages": [HELP], "actions": [{"kind": "danced"}]},
    }

    *answers, good = ask(
        "draft", *({"id": said, **line} for said, line in faulty.items()), {"id": "next", "messages": [HELP]}
    )

    assert [answer for answer in answers if not answer["error"].startswith(answer["id"])] == []
    assert (len(answers), good["id"], len(good["drafts"])) == (10, "next", 2)


def test_a_crm_that_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FENCUN_CRM", "sapphire")

    assert main(["draft", "--jsonl"]) == 1

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "FENCUN_CRM=sapphire" in err
