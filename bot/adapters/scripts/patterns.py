"""What every data file made of patterns shares: word classes, lists of patterns, and faults that name their field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.domain.errors import ScriptsError
from bot.domain.reading.pattern import Fragment, Pattern, PatternError, any_of, compile_pattern, translate

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Classes = Mapping[str, Fragment]
_REFERENCE = re.compile(r"\{([^}]*)\}")


class ClassesFile(FileModel):
    classes: dict[Text, Texts]


def load_classes(path: Path, faults: list[str]) -> Classes:
    """The word classes of one file. They may use each other, in any order but not in a circle.

    Faulty entries are added to ``faults``; a file that cannot be read at all raises ``ScriptsError``.
    """
    return translate_classes(path, read_yaml(path, ClassesFile).classes, faults)


def translate_classes(path: Path, words: Mapping[str, Sequence[str]], faults: list[str]) -> Classes:
    """Like ``load_classes`` for words that were read as part of another file; ``path`` is for the faults."""
    uses = {name: {n for entry in entries for n in _REFERENCE.findall(entry)} for name, entries in words.items()}
    try:
        order = [name for name in TopologicalSorter(uses).static_order() if name in words]
    except CycleError as error:
        raise ScriptsError([f"{path}: classes: classes use each other in a circle: {error.args[1]}"]) from error
    translated: dict[str, Fragment] = {}
    for name in order:
        fragments: list[Fragment] = []
        for number, entry in enumerate(words[name]):
            try:
                fragments.append(translate(entry, translated))
            except PatternError as error:
                faults.append(f"{path}: classes.{name}.{number}: {error} (in {entry!r})")
        if fragments:
            translated[name] = any_of(fragments)
    return translated


def compile_all(
    path: Path, field: str, sources: Sequence[str], classes: Classes, faults: list[str]
) -> Iterator[Pattern]:
    """The patterns of one field; those that cannot be compiled are added to ``faults``."""
    for number, source in enumerate(sources):
        try:
            yield compile_pattern(source, classes)
        except PatternError as error:
            faults.append(f"{path}: {field}.{number}: {error} (in {source!r})")
