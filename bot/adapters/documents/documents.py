"""Letters as files."""

from __future__ import annotations

from bot.adapters.documents.pdf import pdf_of
from bot.adapters.documents.word import docx_of
from bot.domain.letters.model import Letter
from bot.ports import DocumentForm


class LetterFiles:
    """Conforms to ``ports.Documents``."""

    def render(self, letter: Letter, form: DocumentForm) -> bytes:
        return pdf_of(letter) if form is DocumentForm.PDF else docx_of(letter)
