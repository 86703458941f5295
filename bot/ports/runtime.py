"""Time and names, so that the core can be run at any moment."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time with an offset."""


class Ids(Protocol):
    def new(self, kind: str) -> str:
        """A short unique id such as ``case_k3f9…``."""
