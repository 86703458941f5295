"""Letters as files."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from bot.domain.letters.model import Letter


class DocumentForm(StrEnum):
    """The value is the ending of the file's name."""

    DOCX = "docx"
    PDF = "pdf"


class Documents(Protocol):
    def render(self, letter: Letter, form: DocumentForm) -> bytes:
        """The same letter always gives the same bytes."""
