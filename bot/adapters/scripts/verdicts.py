"""Loads how supervisors say yes, no, and neither.

lexicon/verdicts.yaml         turns of phrase, and classes of words used in them
lexicon/verdict_words.yaml    the words of clauses that no turn of phrase explains
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Classes, Text, Texts, compile_all, translate_classes
from bot.domain.errors import ScriptsError
from bot.domain.reading.pattern import Fragment, PatternError, any_of, translate
from bot.domain.verdicts.clauses import Vocabulary, Word
from bot.domain.verdicts.lexicon import Mark, VerdictLexicon

FILE = "verdicts.yaml"
WORDS = "verdict_words.yaml"


class VerdictsFile(FileModel):
    classes: dict[Text, Texts]
    marks: dict[Mark, Texts]


class WordsFile(FileModel):
    words: dict[Word, Texts]


def load_verdicts(directory: Path) -> VerdictLexicon:
    """``directory`` is the lexicon's. Raises ``ScriptsError`` with every fault of the files."""
    path = directory / FILE
    file = read_yaml(path, VerdictsFile)
    faults = [f"{path}: marks: {mark.value!r} is missing" for mark in Mark if mark not in file.marks]
    classes = translate_classes(path, file.classes, faults)
    patterns = {
        mark: tuple(compile_all(path, f"marks.{mark}", sources, classes, faults))
        for mark, sources in file.marks.items()
    }
    words = dict(_words(directory / WORDS, classes, faults))
    if faults:
        raise ScriptsError(faults)
    return VerdictLexicon(patterns, Vocabulary(words))


def _words(path: Path, classes: Classes, faults: list[str]) -> Iterator[tuple[Word, re.Pattern[str]]]:
    file = read_yaml(path, WordsFile)
    faults += [f"{path}: words: {word.value!r} is missing" for word in Word if word not in file.words]
    for word, entries in file.words.items():
        fragments: list[Fragment] = []
        for number, entry in enumerate(entries):
            try:
                fragments.append(translate(entry, classes))
            except PatternError as error:
                faults.append(f"{path}: words.{word}.{number}: {error} (in {entry!r})")
        if fragments:
            yield word, re.compile(any_of(fragments).regex)
