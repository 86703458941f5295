"""Which written form a message uses."""

import pytest

from bot.domain.reading.model import Variant
from bot.domain.reading.normalise import normalise
from bot.domain.reading.variant import detect_variant
from tests.domain.reading.conftest import MONDAY


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("請問處理到哪了", Variant.HANT), ("请问处理到哪了", Variant.HANS), ("到底修没修好", Variant.HANS),
        ("能不能再加10个license", Variant.HANS), ("他說「这样不行」，請處理後續", Variant.HANT), ("好喔", Variant.HANT),
        ("OK 123", None), ("", None),
    ],
)  # fmt: skip
def test_the_variant_is_that_of_most_characters(text, variant):
    assert detect_variant(text) is variant


def test_a_text_that_does_not_tell_takes_the_fallback(reader):
    assert reader.read("OK", now=MONDAY, fallback=Variant.HANS).variant is Variant.HANS


@pytest.mark.parametrize("text", ["２０２６年，ＡＰＰ　壞了！", "乾著裡臺", "İ😀𠮷", "“您”『帳』"])
def test_normalising_keeps_every_character_in_its_place(text):
    assert len(normalise(text)) == len(text)


def test_normalising_folds_script_width_and_case():
    assert normalise("ＡＰＰ壞了，請您看帳單") == "app坏了,请你看账单"
