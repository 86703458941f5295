"""What the wording adds to the rules, what it takes back, and how much work that may be."""

from dataclasses import replace

import pytest

from bot.domain.reading.model import Intent, Tactic
from bot.domain.reading.normalise import normalise
from bot.domain.reading.reader import Reader
from bot.domain.reading.runs import Vocabulary, runs
from bot.domain.reading.segments import segment
from bot.domain.reading.weights import (
    LABELS,
    LONGEST_PASSAGE,
    LONGEST_WINDOW,
    Cuts,
    Weights,
    packed,
    passages,
    unpacked,
    unpacked_one,
)
from tests.domain.reading.conftest import MONDAY

INSULT = LABELS.index(Tactic.INSULT)
WANTING = len(LABELS)
NEVER = -50.0


def weights(*, added=0.0, kept=-5.0, wanting=1.0, **found):
    """Weights that know a few runs of characters, all of which speak for an insult alone."""
    known = {run: packed([INSULT], [step]) for run, step in found.items()}
    return Weights(
        bias=(*[NEVER] * INSULT, -2.0, *[NEVER] * (len(LABELS) - INSULT - 1), wanting),
        runs=known,
        scale=1,
        cuts=Cuts(added, kept),
    )


def read(lexicon, text, with_weights):
    return Reader(replace(lexicon, weights=with_weights)).read(text, now=MONDAY)


def test_a_label_no_rule_spoke_for_is_added_when_the_wording_is_clear(lexicon):
    text = "整天只會鬼打牆，真服了"
    assert Tactic.INSULT not in read(lexicon, text, None).tactics
    assert Tactic.INSULT not in read(lexicon, text, weights(鬼打墙=0)).tactics
    assert Tactic.INSULT in read(lexicon, text, weights(鬼打墙=9)).tactics


def test_a_label_of_the_rules_falls_only_to_clear_words_against_it(lexicon):
    text = "你們根本是一群騙子"
    doubting = weights(骗子=-3)
    assert Tactic.INSULT not in read(lexicon, text, replace(doubting, cuts=Cuts(0.0, -4.0))).tactics
    assert Tactic.INSULT in read(lexicon, text, replace(doubting, cuts=Cuts(0.0, -5.0))).tactics


def test_what_a_guard_set_aside_stays_aside(lexicon):
    assert Tactic.INSULT not in read(lexicon, "上一家廠商才是騙子，你們很好", weights(骗子=99)).tactics


def test_nothing_is_added_where_something_was_taken_back(lexicon):
    text = "整天鬼打牆。後來查是我們自己設錯，虛驚一場"
    assert read(lexicon, text, weights(鬼打墙=99)).evidence == ()


def test_a_message_that_wants_nothing_needs_more_to_raise_an_alarm():
    passage = normalise("鬼打牆")
    assert weights(鬼打墙=3).scores(passage)[INSULT] == 2
    assert weights(鬼打墙=3, wanting=-2.0).scores(passage)[INSULT] == -1


def test_a_run_counts_once_however_often_it_is_there():
    assert weights(鬼=1).scores("鬼")[INSULT] == weights(鬼=1).scores("鬼鬼,鬼")[INSULT]


def test_packed_numbers_add_up_side_by_side():
    total = packed([0, 1, WANTING], [-3, 5, -7]) + packed([0, 2], [1, -9])
    assert unpacked(total) == (-2, 5, -9, *[0] * (WANTING - 3), -7)
    assert [unpacked_one(total, index) for index in range(WANTING + 1)] == list(unpacked(total))


def test_figures_look_alike():
    assert runs("等3天") == runs("等8天")


def test_a_vocabulary_finds_its_own_runs_wherever_they_stand():
    text, words = "鬼打墙一样，第12次鬼打墙", {"鬼", "鬼打墙一", "第00次", "次鬼", "打墙", "墙鬼", "鬼打墙二"}
    known = Vocabulary(dict.fromkeys(words)).known(text)
    assert known == words & runs(text) == {"鬼", "鬼打墙一", "第00次", "次鬼", "打墙"}


def test_a_long_message_is_scored_by_its_best_passage():
    plain = "一切照常," * 20 + "真是鬼打墙。" + "一切照常," * 20
    score, passage = weights(鬼打墙=9).best(plain, segment(plain))[INSULT]
    assert score == 8
    assert "鬼打墙" in plain[slice(*passage)]
    assert all(end - start <= LONGEST_PASSAGE for start, end in passages(plain, segment(plain)))


def test_the_evidence_is_the_clause_that_speaks_most(lexicon):
    text = "您好，整天鬼打牆是怎樣，謝謝"
    (found,) = [e for e in read(lexicon, text, weights(鬼打墙=9)).evidence if e.label is Tactic.INSULT]
    assert found.text == "整天鬼打牆是怎樣"
    assert text[slice(*found.span)] == found.text


def test_the_evidence_in_a_clause_without_end_is_no_longer_than_a_line(lexicon):
    text = "這" * 60 + "鬼打牆" + "那" * 60
    (found,) = [e for e in read(lexicon, text, weights(鬼打墙=9)).evidence if e.label is Tactic.INSULT]
    assert "鬼打牆" in found.text
    assert len(found.text) <= LONGEST_WINDOW


@pytest.mark.parametrize("text", ["", " ", "\n\n", "？！", "。", "\x00"])
def test_a_text_without_words_carries_nothing(reader, text):
    assert reader.read(text, now=MONDAY).evidence == ()


def test_only_the_ends_of_a_huge_text_are_weighed(lexicon):
    class Counting(Weights):
        weighed = 0

        def scores(self, passage):
            Counting.weighed += len(passage)
            return super().scores(passage)

    real = lexicon.weights
    counting = Counting(bias=real.bias, runs=real.runs, scale=real.scale, cuts=real.cuts)
    Reader(replace(lexicon, weights=counting)).read("今天天氣很好，" * 6000, now=MONDAY)
    assert 0 < Counting.weighed < 5000


def test_the_shipped_weights_read_what_no_rule_knows(lexicon, reader):
    text = "到期日往後順延兩個禮拜，這樣才說得過去"
    reading = reader.read(text, now=MONDAY)
    assert all(text[slice(*item.span)] == item.text for item in reading.evidence)
    assert Intent.COMPENSATION_REQUEST in reading.intents


def test_the_same_text_is_read_the_same_way_every_time(lexicon, reader):
    text = "系統又掛了，說好昨天修好，再不處理就換別家，損失你們要負責"
    again = Reader(lexicon).read(text, now=MONDAY)
    assert again.evidence == reader.read(text, now=MONDAY).evidence
