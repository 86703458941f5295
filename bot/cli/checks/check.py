"""The result of looking at one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """``subject`` names the text ``doctor.subject.<subject>``, ``outcome`` the text ``doctor.<outcome>``.

    ``setting`` is the variable to change, where there is one; ``params`` fill the outcome's text.
    """

    subject: str
    level: Level
    outcome: str
    setting: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.level is not Level.FAIL


def ok(subject: str, outcome: str = "ok", setting: str | None = None, **params: str) -> Check:
    return Check(subject, Level.OK, outcome, setting, params)


def warn(subject: str, outcome: str, setting: str | None = None, **params: str) -> Check:
    return Check(subject, Level.WARN, outcome, setting, params)


def fail(subject: str, outcome: str, setting: str | None = None, **params: str) -> Check:
    return Check(subject, Level.FAIL, outcome, setting, params)
