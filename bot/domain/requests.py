"""What an agent asked of a reply, beyond the case it answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.reading.model import Variant


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """The default is a reply to what the customer wrote, at the usual length, in the customer's own script."""

    words: str = ""
    """A customer's words that did not come through the channel: said on the phone, say."""
    variant: Variant | None = None
    """None: the customer's."""
    short: bool = False
