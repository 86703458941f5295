"""A reader over the shipped lexicon, built once."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.scripts.lexicon import load_lexicon
from bot.domain.reading.calendar import CountryCalendar
from bot.domain.reading.lexicon import Lexicon
from bot.domain.reading.reader import Reader

LEXICON = Path(__file__).parents[3] / "scripts_zh" / "lexicon"
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(LEXICON)


@pytest.fixture(scope="session")
def reader(lexicon):
    return Reader(lexicon, calendar=CountryCalendar("TW"))


@pytest.fixture(scope="session")
def labels(reader):
    """The labels of a text, intents and tactics alike."""

    def read(text: str) -> set[str]:
        reading = reader.read(text, now=MONDAY)
        return {label.value for label in (*reading.intents, *reading.tactics)}

    return read
