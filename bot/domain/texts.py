"""The interface texts, looked up by key and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.desk import Locale


@dataclass(frozen=True, slots=True)
class Texts:
    """Every key is there in every locale, with the same placeholders."""

    by_locale: Mapping[Locale, Mapping[str, str]]

    def get(self, key: str, locale: Locale | str, **params: object) -> str:
        """The text of ``key`` with its placeholders filled. Raises ``KeyError`` for an unknown key."""
        text = self.by_locale[Locale(locale)][key]
        return text.format_map(params) if params else text

    def __contains__(self, key: str) -> bool:
        return key in self.by_locale[Locale.HANT]
