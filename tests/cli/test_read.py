from tests.cli.conftest import Ask

NOW = ("--now", "2026-11-22T10:00:00+08:00")


def test_a_message_is_read_with_the_words_that_show_it(ask: Ask):
    text = "明天下午三點前給我答覆，不然我就找律師，這次損失 19 萬你們要負責。"

    (answer,) = ask("read", {"id": "d1", "text": text}, options=NOW)

    assert list(answer) == ["id", "variant", "intents", "tactics", "amounts", "dates", "evidence"]
    assert (answer["id"], answer["variant"]) == ("d1", "hant")
    assert "threat_legal" in answer["tactics"]
    assert {"amount": 190000, "currency": None} in [
        {key: amount[key] for key in ("amount", "currency")} for amount in answer["amounts"]
    ]
    assert answer["dates"][0]["at"] == "2026-11-23T15:00:00+08:00"
    for item in answer["evidence"] + answer["dates"]:
        assert item["text"] == text[slice(*item["span"])]


def test_now_moves_what_tomorrow_means(ask: Ask):
    (answer,) = ask("read", {"id": "d", "text": "明天下午三點前"}, options=("--now", "2027-01-31T10:00:00+08:00"))

    assert answer["dates"][0]["at"] == "2027-02-01T15:00:00+08:00"


def test_tomorrow_is_the_tenants_whatever_the_offset_of_now(ask: Ask):
    """At 20:00 UTC it is already the next day in Taipei."""
    (answer,) = ask("read", {"id": "d", "text": "明天下午三點前"}, options=("--now", "2026-11-22T20:00:00Z"))

    assert answer["dates"][0]["at"] == "2026-11-24T15:00:00+08:00"


def test_a_faulty_line_does_not_stop_the_others(ask: Ask):
    answers = ask("read", {"id": "a", "text": "謝謝"}, b"{", {"id": "b"}, {"id": "c", "text": "续约多少钱？"})

    assert [answer["id"] for answer in answers] == ["a", None, "b", "c"]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert (answers[0]["intents"], answers[3]["variant"]) == ([], "hans")
