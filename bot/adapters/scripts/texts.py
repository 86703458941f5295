"""Loads the interface texts: ``scripts_zh/texts/<locale>/*.yaml``, flat maps of key to text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from pydantic import RootModel

from bot.adapters.scripts.files import read_yaml
from bot.domain.desk import Locale
from bot.domain.errors import ScriptsError
from bot.domain.texts import Texts

FOR_CUSTOMERS = "customers.yaml"
"""The file of what customers read, or are told in our name."""


class TextsFile(RootModel[dict[str, str]]):
    """One file of one locale."""


def load_texts(directory: Path) -> Texts:
    """Raises ``ScriptsError`` with every fault of every file."""
    faults: list[str] = []
    by_locale: dict[Locale, dict[str, str]] = {}
    for locale in Locale:
        by_locale[locale] = {}
        for path in sorted((directory / locale).glob("*.yaml")):
            try:
                texts = read_yaml(path, TextsFile).root
            except ScriptsError as error:
                faults += error.faults
                continue
            doubled = sorted(by_locale[locale].keys() & texts.keys())
            faults += [f"{path}: {key}: is already in another file of {locale}" for key in doubled]
            by_locale[locale].update(texts)
    faults += _differences(directory, by_locale)
    if faults:
        raise ScriptsError(faults)
    return Texts(by_locale)


def _differences(directory: Path, by_locale: Mapping[Locale, Mapping[str, str]]) -> Iterator[str]:
    every = {key for texts in by_locale.values() for key in texts}
    if not every:
        yield f"{directory}: -: holds no texts"
    for key in sorted(every):
        present = {locale: texts[key] for locale, texts in by_locale.items() if key in texts}
        for locale in Locale:
            if locale not in present:
                yield f"{directory / locale}: {key}: is missing"
        if len({_placeholders(text) for text in present.values()}) > 1:
            yield f"{directory}: {key}: has other placeholders in one locale than in another"


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
