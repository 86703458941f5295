"""Answers by other hands than the lexicon's. A third is held out: the lexicon was mended without them.

``undecided`` in the data stands for question or unclear alike: texts that only look like decisions.
"""

import json
from pathlib import Path

import pytest

from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind, VerdictReading
from bot.domain.verdicts.reader import read_verdict

ROOT = Path(__file__).parents[2]
FLOORS = {"held out": (0.94, 0.95), "seen": (0.97, 0.97)}
"""Shares of right verdicts, and of right terms (offer, discount, once, whether there are conditions)."""


@pytest.fixture(scope="module")
def lexicon() -> VerdictLexicon:
    return load_verdicts(ROOT / "scripts_zh" / "lexicon")


def _answers() -> list[dict]:
    return [json.loads(x) for x in (ROOT / "tests/data/verdicts_other_hands.jsonl").read_text("utf-8").splitlines()]


def _right(kind: VerdictKind, wanted: str) -> bool:
    return kind == wanted or (wanted == "undecided" and not kind.decided)


def _same_terms(reading: VerdictReading, answer: dict) -> bool:
    offer = reading.offer and {"amount": int(reading.offer.amount), "currency": reading.offer.currency}
    discount = None if reading.discount is None else float(reading.discount)
    conditions = bool(reading.conditions) or not answer["conditions"]
    return conditions and (offer, discount, reading.once) == (answer["offer"], answer["discount"], answer["once"])


@pytest.mark.parametrize("part", FLOORS)
def test_verdicts_and_terms_of_other_hands(lexicon, part):
    answers = [a for a in _answers() if a["held_out"] is (part == "held out")]
    readings = [(read_verdict(a["text"], lexicon), a) for a in answers]

    verdicts = [a["text"] for r, a in readings if not _right(r.verdict, a["verdict"])]
    terms = [a["text"] for r, a in readings if not _same_terms(r, a)]

    least_verdicts, least_terms = FLOORS[part]
    assert 1 - len(verdicts) / len(answers) >= least_verdicts, verdicts
    assert 1 - len(terms) / len(answers) >= least_terms, terms


def test_nothing_is_wrongly_approved_or_declined(lexicon):
    kinds = {a["text"]: (read_verdict(a["text"], lexicon).verdict, a["verdict"]) for a in _answers()}
    final = (VerdictKind.APPROVE, VerdictKind.DECLINE)

    assert {text: kind for text, (kind, wanted) in kinds.items() if kind in final and kind != wanted} == {}
