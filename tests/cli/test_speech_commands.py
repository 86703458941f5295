"""``fencun lint``, ``verdict`` and ``promises``: exactly the JSON of the specification."""

NOW = "2026-11-22T10:00:00+08:00"


def test_lint_prints_the_findings_of_a_reply(ask):
    (answer,) = ask("lint", {"id": "r1", "text": "這是公司規定"})

    (finding,) = answer["findings"]
    assert answer["id"] == "r1"
    assert list(finding) == ["rule", "severity", "span", "text", "why", "suggestion"]
    assert (finding["rule"], finding["severity"], finding["span"]) == ("policy_shield", "block", [0, 6])


def test_lint_judges_by_the_case_where_there_is_one(ask):
    text = "我會盡力幫您爭取免費的服務"
    answers = ask(
        "lint",
        {"id": 1, "text": text},
        {"id": 2, "text": text, "case": {"actions": [{"kind": "waiver_requested"}]}},
        {"id": 3, "text": text, "case": None},
    )

    assert [[f["rule"] for f in a["findings"]] for a in answers] == [
        ["free_request_unfounded"],
        [],
        ["free_request_unfounded"],
    ]


def test_lint_asks_the_crm_for_the_history_of_the_customer(ask):
    text = "貴公司一直都是我們的好客戶"
    messages = [{"from": "customer", "text": "系統掛了"}]
    known, unknown = ask(
        "lint",
        {"id": 1, "text": text, "case": {"customer": "YF-1001", "messages": messages}},
        {"id": 2, "text": text, "case": {"customer": "nobody", "messages": messages}},
    )

    assert known["findings"] == []
    assert [f["rule"] for f in unknown["findings"]] == ["good_customer_unfounded"]


def test_a_faulty_line_says_what_is_wrong_and_the_stream_goes_on(ask):
    answers = ask(
        "lint",
        {"id": 1},
        {"id": 2, "text": "好", "case": []},
        {"id": 3, "text": "好", "case": {"fault": "mine"}},
        {"id": 4, "text": "四點前回您"},
    )

    assert [a.get("error", "").split(":")[0] for a in answers] == ["text", "case", "case.fault", ""]
    assert answers[3]["findings"] == []


def test_verdict_prints_null_for_what_was_not_said(ask):
    answers = ask(
        "verdict", {"id": "v1", "text": "同意"}, {"id": "v2", "text": "打八折，收 NT$3,000，先簽續約，下不為例"}
    )

    assert answers[0] == {
        "id": "v1",
        "verdict": "approve",
        "offer": None,
        "discount": None,
        "once": None,
        "conditions": None,
    }
    assert answers[1] == {
        "id": "v2",
        "verdict": "counter",
        "offer": {"amount": 3000, "currency": "TWD"},
        "discount": 0.8,
        "once": True,
        "conditions": "先簽續約",
    }


def test_promises_prints_what_was_promised_and_by_when(ask):
    (answer,) = ask("promises", {"id": "p1", "text": "明天下午三點前回覆您", "now": NOW})

    assert answer == {
        "id": "p1",
        "promises": [
            {
                "text": "明天下午三點前回覆您",
                "what": "回覆",
                "due": "2026-11-23T15:00:00+08:00",
                "vague": False,
                "span": [0, 10],
                "ambiguous": False,
            }
        ],
    }


def test_promises_are_due_on_the_tenants_clock_whatever_the_offset_of_now(ask):
    (answer,) = ask("promises", {"id": 1, "text": "明天下午三點前回覆您", "now": "2026-11-22T20:00:00Z"})

    assert answer["promises"][0]["due"] == "2026-11-24T15:00:00+08:00"


def test_promises_wants_a_time_with_an_offset(ask):
    bad, good = ask("promises", {"id": 1, "text": "儘快", "now": "tomorrow"}, {"id": 2, "text": "我會儘快回覆您"})

    assert bad["error"].startswith("now: ")
    assert (good["promises"][0]["due"], good["promises"][0]["vague"]) == (None, True)
