"""What a promise found in a reply is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.reading.model import Span


@dataclass(frozen=True, slots=True)
class PromiseMention:
    """``text`` is the words at ``span``; ``due`` is None exactly where ``vague`` is true."""

    text: str
    what: str
    due: datetime | None
    vague: bool
    span: Span
    ambiguous: bool
