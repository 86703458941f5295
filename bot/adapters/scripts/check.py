"""Every fault of every script file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.adapters.scripts.files import read_yaml
from bot.adapters.scripts.letters import load_labels
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import PlaysFile, load_plays
from bot.adapters.scripts.promises import load_promises
from bot.adapters.scripts.texts import load_texts
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.drafting.review import flaws_of
from bot.domain.errors import ScriptsError
from bot.domain.lint.linter import Linter

_LOADERS: tuple[tuple[Callable[[Path], object], str], ...] = (
    (load_lexicon, "lexicon"),
    (load_verdicts, "lexicon"),
    (load_promises, "lexicon"),
    (load_plays, "plays"),
    (load_labels, "letters"),
    (load_lint, "lint"),
    (load_texts, "texts"),
)


def faults_of(scripts: Path) -> list[str]:
    """``file: field: reason`` lines, in the order of the files' kinds, each once; none where all is well.

    Plays are looked at as a whole once they and the lint rules load.
    """
    faults: dict[str, None] = {}
    for load, folder in _LOADERS:
        try:
            load(scripts / folder)
        except ScriptsError as error:
            faults.update(dict.fromkeys(error.faults))
    try:
        return [*faults, *_flaws(scripts)]
    except ScriptsError:
        return list(faults)


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
