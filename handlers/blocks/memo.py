"""What a form remembers of where it was opened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Memo:
    """Slack keeps it in a view's ``private_metadata`` and gives it back with the submission."""

    subject: str
    """The id of the draft, case or escalation the form is about."""
    channel: str = ""
    confirmed: bool = False
    """Warnings were shown once already."""

    @classmethod
    def read(cls, metadata: str) -> Memo:
        return cls(**json.loads(metadata))

    def write(self) -> str:
        return json.dumps(asdict(self))
