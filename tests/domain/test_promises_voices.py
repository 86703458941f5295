"""Replies in the voices of many agents, a batch at a time; each was read once before the lexicon was mended.

How many were right at that first reading stands in ``docs/lint.md``.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.scripts.promises import load_promises
from bot.domain.promises.finder import find_promises
from bot.domain.promises.lexicon import PromiseLexicon
from bot.domain.promises.model import PromiseMention

ROOT = Path(__file__).parents[2]
REPLIES = [json.loads(line) for line in (ROOT / "tests/data/promises/voices.jsonl").read_text("utf-8").splitlines()]
NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture(scope="module")
def lexicon() -> PromiseLexicon:
    return load_promises(ROOT / "scripts_zh" / "lexicon")


def promises(text: str, lexicon: PromiseLexicon, now: datetime = NOW) -> tuple[PromiseMention, ...]:
    return find_promises(text, now=now, lexicon=lexicon)


def test_what_is_promised_and_by_when_is_read_in_every_voice(lexicon):
    wrong = []
    for reply in REPLIES:
        found = promises(reply["text"], lexicon, datetime.fromisoformat(reply["now"]))
        if sorted(p.due.isoformat() if p.due else "" for p in found) != sorted(due or "" for due in reply["due"]):
            wrong.append(reply["text"])

    assert len(REPLIES) >= 190
    assert len(wrong) <= 0.05 * len(REPLIES), wrong


def test_what_comes_before_a_colon_is_what_is_promised(lexicon):
    (promise,) = promises("下次更新：週五下午五點。", lexicon)

    assert (promise.what, promise.due) == ("下次更新", datetime.fromisoformat("2026-11-27T17:00:00+08:00"))


def test_a_latest_date_holds_whatever_the_condition(lexicon):
    (promise,) = promises("原厂货到后我安排，最迟 12 月 2 日给您装好。", lexicon)

    assert promise.due == datetime.fromisoformat("2026-12-02T18:00:00+08:00")


def test_what_was_arranged_a_clause_before_is_ahead(lexicon):
    (promise,) = promises("跟工程師約好了，週三下午兩點到貴公司。", lexicon)

    assert promise.due == datetime.fromisoformat("2026-11-25T14:00:00+08:00")


def test_a_commitment_to_anything_counts_but_a_bare_verb_does_not(lexicon):
    (promise,) = promises("下次改版我們會加上提醒", lexicon)

    assert promise.vague
    assert promises("這點我會查", lexicon) == ()
