"""Letters as files."""

from __future__ import annotations

from importlib import import_module

from bot.domain.letters.model import Letter
from bot.ports import DocumentForm

MAKERS = {
    DocumentForm.PDF: ("bot.adapters.documents.pdf", "pdf_of"),
    DocumentForm.DOCX: ("bot.adapters.documents.word", "docx_of"),
}
"""Loaded with the first letter: they bring libraries that cost a fifth of a start and that most days nobody needs."""


class LetterFiles:
    """Conforms to ``ports.Documents``."""

    def render(self, letter: Letter, form: DocumentForm) -> bytes:
        module, name = MAKERS[form]
        made: bytes = getattr(import_module(module), name)(letter)
        return made
