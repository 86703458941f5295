"""Every fault of every script file at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.adapters.scripts.letters import load_labels
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.adapters.scripts.promises import load_promises
from bot.adapters.scripts.texts import load_texts
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.errors import ScriptsError

_LOADERS: tuple[tuple[Callable[[Path], object], str], ...] = (
    (load_lexicon, "lexicon"),
    (load_verdicts, "lexicon"),
    (load_promises, "lexicon"),
    (load_promises, "lexicon"),
    (load_plays, "plays"),
    (load_labels, "letters"),
    (load_lint, "lint"),
    (load_texts, "texts"),
)


def faults_of(scripts: Path) -> list[str]:
    """``file: field: reason`` lines, in the order of the files' kinds, each once; none where all is well."""
    faults: dict[str, None] = {}
    for load, folder in _LOADERS:
        try:
            load(scripts / folder)
        except ScriptsError as error:
            faults.update(dict.fromkeys(error.faults))
    return list(faults)
