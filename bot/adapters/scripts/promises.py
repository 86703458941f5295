"""Loads ``scripts_zh/lexicon/promises.yaml``: how our side commits itself, and how it does not."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Text, Texts, compile_all, translate_classes
from bot.domain.errors import ScriptsError
from bot.domain.promises.lexicon import Cue, PromiseLexicon

FILE = "promises.yaml"


class PromisesFile(FileModel):
    classes: dict[Text, Texts]
    cues: dict[Cue, Texts]


def load_promises(directory: Path) -> PromiseLexicon:
    """``directory`` is the lexicon's. Raises ``ScriptsError`` with every fault of the file."""
    path = directory / FILE
    file = read_yaml(path, PromisesFile)
    faults = [f"{path}: cues: {cue.value!r} is missing" for cue in Cue if cue not in file.cues]
    classes = translate_classes(path, file.classes, faults)
    patterns = {
        cue: tuple(compile_all(path, f"cues.{cue}", sources, classes, faults)) for cue, sources in file.cues.items()
    }
    if faults:
        raise ScriptsError(faults)
    return PromiseLexicon(patterns)
