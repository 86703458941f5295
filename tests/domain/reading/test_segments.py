"""Sentences and clauses, and what has no end."""

import pytest

from bot.domain.reading.segments import LONGEST, segment


def parts(text):
    segments = segment(text)
    return [text[start:end] for start, end in segments.sentences]


def test_sentences_keep_their_marks():
    assert parts("还没好?我们等很久了。谢谢") == ["还没好?", "我们等很久了。", "谢谢"]


def test_a_sentence_without_end_is_cut_where_a_clause_begins():
    clause = "一直没有人回我们的信,"
    cut = parts(clause * 100)
    assert "".join(cut) == clause * 100
    assert all(part.startswith("一直") and len(part) <= LONGEST for part in cut)


@pytest.mark.parametrize("text", ["没" * 2000, "好。" + "没" * 999 + "。", "好" + "。" * 2000, "," * 2000])
def test_what_has_no_end_is_cut_anywhere_and_nothing_is_left_out(text):
    segments = segment(text)
    assert "".join(parts(text)) == text
    assert max(end - start for start, end in segments.sentences) <= LONGEST
    assert max(end - start for start, end in zip(segments.starts, segments.ends, strict=True)) <= LONGEST


def test_every_place_in_a_cut_clause_has_its_clause():
    segments = segment("没" * 1000)
    assert [segments.clause_at(place) for place in (0, LONGEST - 1, LONGEST)] == [
        (0, LONGEST),
        (0, LONGEST),
        (LONGEST, 2 * LONGEST),
    ]
