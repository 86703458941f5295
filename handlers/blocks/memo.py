"""What a form remembers of where it was opened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.ports import Spot
from handlers.shapes import ident, mapping, stamp, words


@dataclass(frozen=True, slots=True)
class Memo:
    """Slack keeps it in a view's ``private_metadata`` and gives it back with the submission."""

    subject: str
    """The id of the draft, case or escalation the form is about."""
    channel: str = ""
    confirmed: bool = False
    """Warnings were shown once already."""
    thread_ts: str = ""
    address: str = ""
    """With ``channel`` and ``thread_ts``: the ``Spot`` at which the form was opened."""

    @classmethod
    def about(cls, subject: str, spot: Spot) -> Memo:
        return cls(subject, spot.channel, thread_ts=spot.thread_ts or "", address=spot.address)

    @property
    def spot(self) -> Spot:
        return Spot(self.channel, self.thread_ts or None, self.address)

    @classmethod
    def read(cls, metadata: str) -> Memo:
        """What was written; of anything else, what can be used: a form without a subject is about nothing."""
        try:
            given = json.loads(metadata)
        except (ValueError, RecursionError):  # not written by us, or not whole
            given = None
        known = mapping(given)
        return cls(
            words(known.get("subject")),
            ident(known.get("channel")),
            known.get("confirmed") is True,
            stamp(known.get("thread_ts")),
            words(known.get("address")),
        )

    def write(self) -> str:
        return json.dumps(asdict(self))
