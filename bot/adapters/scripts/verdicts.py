"""Loads ``scripts_zh/lexicon/verdicts.yaml``: how supervisors say yes, no, and neither."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.adapters.scripts.patterns import Text, Texts, compile_all, translate_classes
from bot.domain.errors import ScriptsError
from bot.domain.verdicts import Mark, VerdictLexicon

FILE = "verdicts.yaml"


class VerdictsFile(FileModel):
    classes: dict[Text, Texts]
    marks: dict[Mark, Texts]


def load_verdicts(directory: Path) -> VerdictLexicon:
    """``directory`` is the lexicon's. Raises ``ScriptsError`` with every fault of the file."""
    path = directory / FILE
    file = read_yaml(path, VerdictsFile)
    faults = [f"{path}: marks: {mark.value!r} is missing" for mark in Mark if mark not in file.marks]
    classes = translate_classes(path, file.classes, faults)
    patterns = {
        mark: tuple(compile_all(path, f"marks.{mark}", sources, classes, faults))
        for mark, sources in file.marks.items()
    }
    if faults:
        raise ScriptsError(faults)
    return VerdictLexicon(patterns)
