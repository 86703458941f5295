"""The privacy matrix as written in ``matrix.txt``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.privacy.acting import OTHER_TEAM, Actor

TABLE = Path(__file__).with_name("matrix.txt")

ACTORS = (
    Actor("agent", "U0AGENTTW"),
    Actor("supervisor", "U0SUPTW"),
    Actor("sales", "U0SALESTW"),
    Actor("engineer", "U0ENG"),
    Actor("colleague", "U0SALESCN"),  # of the company, but in no group
    Actor("customer", "U0CUSTYF", "T_YONGFENG"),
    Actor("another", "U0CUSTLH", OTHER_TEAM),
    Actor("bot", "U0THEIRBOT", OTHER_TEAM, bot="B0THEIRS", member=False),
    Actor("left", "U0SUPCN"),  # a supervisor whose account is closed, though the group still lists them
    Actor("unknown", "U0NOBODY", "T_NOWHERE", member=False),
)
DONE, REFUSED, TOLD, IGNORED = "D", "R", "n", "-"


@dataclass(frozen=True)
class Row:
    """``once``: what is done is done, so everybody who may do it gets a scene of their own."""

    section: str
    what: str
    where: str
    letters: str
    once: bool

    def __str__(self) -> str:
        what = f"{self.what}{'!' if self.once else ''}"
        return f"{what:<27}{self.where:<12}{'  '.join(self.letters)}"

    @property
    def name(self) -> str:
        """The name under which Slack would send it."""
        return self.what.split(":")[0]

    @property
    def qualifier(self) -> str:
        return self.what.partition(":")[2]


def rows(sections: Sequence[str] = ()) -> list[Row]:
    found, section = [], ""
    for line in TABLE.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif line.strip() and not line.startswith("#") and (not sections or section in sections):
            what, where, *letters = line.split()
            found.append(Row(section, what.rstrip("!"), where, "".join(letters), what.endswith("!")))
    return found
