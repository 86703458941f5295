import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.scripts.promises import load_promises
from bot.domain.promises.finder import find_promises
from bot.domain.promises.lexicon import PromiseLexicon

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


@pytest.fixture(scope="module")
def lexicon() -> PromiseLexicon:
    return load_promises(ROOT / "scripts_zh" / "lexicon")


def _replies() -> list[dict]:
    return [json.loads(x) for x in (ROOT / "tests/data/promises/replies.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("reply", _replies(), ids=lambda r: r["text"])
def test_promises_of_a_reply(lexicon, reply):
    found = find_promises(reply["text"], now=NOW, lexicon=lexicon)

    assert [p.due.isoformat() if p.due else None for p in found] == [p["due"] for p in reply["promises"]]
    assert all(wanted["what"] in p.what for p, wanted in zip(found, reply["promises"], strict=True))


def test_words_and_span_belong_together(lexicon):
    text = "您好，我會在明天下午三點前回覆您結果。"

    (promise,) = find_promises(text, now=NOW, lexicon=lexicon)

    assert text[slice(*promise.span)] == promise.text == "明天下午三點前回覆您結果"
    assert (promise.what, promise.vague) == ("回覆", False)


def test_no_time_is_vague_and_has_no_due(lexicon):
    (promise,) = find_promises("我们会尽快回复您", now=NOW, lexicon=lexicon)

    assert (promise.due, promise.vague) == (None, True)


def test_rule_71_every_promise_of_a_reply_is_found(lexicon):
    found = find_promises("今天下班前修復，週三前提供報告給您。", now=NOW, lexicon=lexicon)

    assert [promise.what for promise in found] == ["修復", "提供報告"]


def test_rule_85_a_cadence_is_first_due_after_one_interval(lexicon):
    (promise,) = find_promises("我會每兩小時跟您回報一次", now=NOW, lexicon=lexicon)

    assert promise.due == datetime.fromisoformat("2026-11-22T12:00:00+08:00")


def test_the_means_belong_to_the_dated_promise_beside_them(lexicon):
    found = find_promises("我會請工程師處理，明天下午三點前回覆您。", now=NOW, lexicon=lexicon)

    assert [promise.what for promise in found] == ["回覆"]


def test_a_condition_ends_what_is_promised_in_its_sentence(lexicon):
    found = find_promises("今天五點前回覆您，若還沒有結果也會先告訴您。", now=NOW, lexicon=lexicon)

    assert [promise.what for promise in found] == ["回覆"]


def test_a_time_takes_the_day_named_before_it(lexicon):
    found = find_promises("明天上午十點先回報您，下午五點前一定給報告。", now=NOW, lexicon=lexicon)

    assert [promise.due.isoformat()[:16] for promise in found] == ["2026-11-23T10:00", "2026-11-23T17:00"]


def test_what_asks_for_consent_promises_nothing(lexicon):
    assert find_promises("明天下午三點前回覆您，可以嗎？", now=NOW, lexicon=lexicon) == ()


def test_an_interval_asked_for_is_the_time_of_what_follows(lexicon):
    (promise,) = find_promises("給我半小時，我查好打給您", now=NOW, lexicon=lexicon)

    assert promise.due == datetime.fromisoformat("2026-11-22T10:30:00+08:00")


def test_long_and_hostile_replies_stay_quick(lexicon):
    start = time.process_time()
    for text in ("明天" * 20_000, "我會回覆您，" * 6_000, "會" * 40_000):
        find_promises(text, now=NOW, lexicon=lexicon)

    assert time.process_time() - start < 6.0
