"""Loads ``scripts_zh/letters/labels.yaml``: the fixed words of letters, per variant."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import get_type_hints

from pydantic import create_model

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.domain.errors import ScriptsError
from bot.domain.letters.model import Labels, LetterKind
from bot.domain.reading.model import Variant

FILE = "labels.yaml"
_PLACEHOLDERS = {
    "blank": {"what"},
    "received": {"date"},
    "findings_due": {"time"},
    "signer": {"name"},
    "as_of": {"date"},
    "file": {"title", "customer", "date"},
}

LabelsModel = create_model(  # the file has exactly the fields of the value, so they are named once
    "LabelsModel",
    __base__=FileModel,
    **{name: (kind, ...) for name, kind in get_type_hints(Labels).items()},  # type: ignore[call-overload]
)


class LabelsFile(FileModel):
    hant: LabelsModel
    hans: LabelsModel


def load_labels(directory: Path) -> dict[Variant, Labels]:
    """Raises ``ScriptsError`` with every fault of the file."""
    path = directory / FILE
    file = read_yaml(path, LabelsFile)
    found = {variant: Labels(**dict(getattr(file, variant))) for variant in Variant}
    faults = [f"{path}: {variant}.{reason}" for variant, labels in found.items() for reason in _faults(labels)]
    if faults:
        raise ScriptsError(faults)
    return found


def _faults(labels: Labels) -> list[str]:
    missing = [f"titles.{kind}: is missing" for kind in LetterKind if kind not in labels.titles]
    wrong = []
    for name in get_type_hints(Labels):
        text = getattr(labels, name)
        wanted = _PLACEHOLDERS.get(name, set())
        if isinstance(text, str) and _placeholders(text) != wanted:
            wrong.append(f"{name}: must hold these placeholders and no others: {', '.join(sorted(wanted)) or 'none'}")
    return missing + wrong


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
