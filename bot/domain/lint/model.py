"""What a lint finding is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.reading.model import Span


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """``why`` and ``suggestion`` are Chinese, in the variant of the text that was checked; ``english`` is the why."""

    rule: str
    severity: Level
    span: Span
    text: str
    why: str
    suggestion: str
    english: str
