"""The table of all settings, made from the model, and the place it has in the READMEs.

``python -m config.reference FILE…`` writes it anew between the two marks of each file. A translated file keeps
its own descriptions; its names and defaults are brought up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.faults import variable
from config.settings import PACKAGED_POLICY, PACKAGED_SCRIPTS, Settings

BEGIN, END = "<!-- settings:begin -->", "<!-- settings:end -->"
_PACKAGED = {PACKAGED_SCRIPTS: "`scripts_zh/`", PACKAGED_POLICY: "`config/policy.yaml`"}


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its variable, its path in the file, its default as written, what it does."""

    variable: str
    path: str
    default: str
    description: str


def rows(model: type[BaseModel] = Settings, *above: str) -> Iterator[Row]:
    for name, field in model.model_fields.items():
        path = (*above, name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from rows(field.annotation, *path)
        else:
            yield Row(variable(*path), ".".join(path), _written(field.default), field.description or "")


def variables() -> list[str]:
    """Every environment variable that is read into the settings."""
    return [row.variable for row in rows()]


def table(descriptions: dict[str, str]) -> list[str]:
    """Lines of Markdown below the heading; ``descriptions`` by variable win over the model's."""
    return [
        f"| `{row.variable}` | `{row.path}` | {row.default} | {descriptions.get(row.variable, row.description)} |"
        for row in rows()
    ]


def renewed(text: str, *, translated: bool) -> str:
    """``text`` with the table between its marks made anew below the two lines of its heading."""
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    heading, lines = old.strip().splitlines()[:2], old.strip().splitlines()[2:]
    kept = {line.split("`")[1]: line.split(" | ")[-1].removesuffix(" |") for line in lines} if translated else {}
    return before + "\n".join([BEGIN, *heading, *table(kept), END]) + after


def _written(default: Any) -> str:
    if default in (None, ()):
        return "–"
    return _PACKAGED.get(default, f"`{default}`") if isinstance(default, Path) else f"`{default}`"


if __name__ == "__main__":
    for file in map(Path, sys.argv[1:]):
        file.write_text(renewed(file.read_text("utf-8"), translated=file.suffixes != [".md"]), "utf-8")
