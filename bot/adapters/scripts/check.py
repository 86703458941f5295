"""Every fault of every script file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import get_type_hints

from bot.adapters.scripts.files import read_yaml
from bot.adapters.scripts.letters import FILE as LABELS
from bot.adapters.scripts.letters import load_labels
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import PlaysFile, load_plays
from bot.adapters.scripts.promises import load_promises
from bot.adapters.scripts.texts import FOR_CUSTOMERS, TextsFile, load_texts
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.desk import Locale
from bot.domain.drafting.review import flaws_of
from bot.domain.errors import ScriptsError
from bot.domain.letters.model import Labels
from bot.domain.lint.linter import Linter
from bot.domain.lint.model import Level
from bot.domain.reading.model import Variant

_TEXTS = "texts"
_FULL_STOP = "。"
_LOADERS: tuple[tuple[Callable[[Path], object], str], ...] = (
    (load_lexicon, "lexicon"),
    (load_verdicts, "lexicon"),
    (load_promises, "lexicon"),
    (load_plays, "plays"),
    (load_labels, "letters"),
    (load_lint, "lint"),
    (load_texts, "texts"),
)


def faults_of(scripts: Path, packaged: Path) -> list[str]:
    """``file: field: reason`` lines, in the order of the files' kinds, each once; none where all is well.

    ``packaged`` are the scripts that came with the program: it asks for their text keys, and for no others.
    Plays and what customers read are looked at as a whole once they and the lint rules load.
    """
    faults: dict[str, None] = {}
    for load, folder in _LOADERS:
        try:
            load(scripts / folder)
        except ScriptsError as error:
            faults.update(dict.fromkeys(error.faults))
    for look in (_flaws, _blocked, partial(_keys, packaged=packaged)):
        with suppress(ScriptsError):  # told above
            faults.update(dict.fromkeys(look(scripts)))
    return list(faults)


def _keys(scripts: Path, packaged: Path) -> Iterator[str]:
    """Texts that nothing asks for, and those that are asked for in vain."""
    asked, found = (load_texts(folder / _TEXTS).by_locale[Locale.EN].keys() for folder in (packaged, scripts))
    yield from (f"{scripts / _TEXTS}: {key}: nothing asks for it" for key in sorted(found - asked))
    yield from (f"{scripts / _TEXTS}: {key}: is missing" for key in sorted(asked - found))


def _blocked(scripts: Path) -> Iterator[str]:
    """What our own lint blocks of what customers read beside plays: the sentences of letters, texts meant for them."""
    linter = Linter(load_lint(scripts / "lint"))
    for path, field, text in (*_sentences(scripts / "letters"), *_texts_for_customers(scripts / _TEXTS)):
        for finding in linter.check(text):
            if finding.severity is Level.BLOCK:
                yield f"{path}: {field}: our own lint blocks it: {finding.rule} at {finding.text!r}"


def _sentences(letters: Path) -> Iterator[tuple[Path, str, str]]:
    for variant, labels in load_labels(letters).items():
        for name in get_type_hints(Labels):
            words = getattr(labels, name)
            if isinstance(words, str) and words.endswith(_FULL_STOP):
                yield letters / LABELS, f"{variant}.{name}", words


def _texts_for_customers(texts: Path) -> Iterator[tuple[Path, str, str]]:
    for variant in Variant:
        path = texts / variant / FOR_CUSTOMERS
        yield from ((path, key, text) for key, text in read_yaml(path, TextsFile).root.items())


def _flaws(scripts: Path) -> Iterator[str]:
    book, linter = load_plays(scripts / "plays"), Linter(load_lint(scripts / "lint"))
    places = dict(_places(scripts / "plays"))
    for flaw in flaws_of(book, linter):
        yield f"{places[flaw.section, flaw.name]}: {flaw.section}.{flaw.name}.{flaw.field}: {flaw.reason}"


def _places(directory: Path) -> Iterator[tuple[tuple[str, str], Path]]:
    """The file of each move, play and take-up, by section and name."""
    for path in sorted(directory.glob("*.yaml")):
        file = read_yaml(path, PlaysFile)
        yield from ((("moves", name), path) for name in file.moves)
        yield from ((("plays", play.id), path) for play in file.plays)
        yield from ((("take_ups", take_up.id), path) for take_up in file.take_ups)
