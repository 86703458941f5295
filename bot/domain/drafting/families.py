"""Families of trouble: what kind of thing is wrong, told by the words a customer used for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.cases import Case, Speaker
from bot.domain.drafting.quoting import all_well
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern

_LATEST = 4
_CLAUSE = re.compile(r"[^,，。;!?！？]*[,，。;!?！？]?")
_LONGEST = 2000


class Family(StrEnum):
    """Each wants another question and another first aid."""

    PRINTING = "printing"
    PAYMENT = "payment"
    """Cards and codes that are refused, charged twice or not booked."""
    TILL = "till"
    BACKUP = "backup"
    DATA = "data"
    """Lost, damaged or overwritten."""
    INVOICE = "invoice"
    BOUNCE = "bounce"
    """Mail that was refused."""
    MAIL = "mail"
    DOMAIN = "domain"
    CERTIFICATE = "certificate"
    PAYROLL = "payroll"
    FIGURES = "figures"
    API = "api"
    EXCHANGE = "exchange"
    """Import, export, sync, scheduled runs."""
    LOGIN = "login"
    CAMERA = "camera"
    DOOR = "door"
    HARDWARE = "hardware"
    NETWORK = "network"
    SITE = "site"
    SLOW = "slow"
    REPORT = "report"
    MISSING = "missing"


def _troubled(plain: str) -> str:
    """Without the clauses that say what works."""
    return "".join(part for part in _CLAUSE.findall(plain) if not all_well(part))


@dataclass(frozen=True, slots=True)
class Families:
    """``patterns`` in the order in which families are tried: the more telling words first."""

    patterns: Mapping[Family, tuple[Pattern, ...]] = field(default_factory=dict)

    def of(self, case: Case) -> Family | None:
        """The family of the newest customer message that tells one; None for any other trouble."""
        said = [message.text for message in case.messages if message.speaker is Speaker.CUSTOMER]
        found = (self._told_by(_troubled(normalise(text[:_LONGEST]))) for text in reversed(said[-_LATEST:]))
        return next((family for family in found if family), None)

    def _told_by(self, plain: str) -> Family | None:
        for family, patterns in self.patterns.items():
            if any(pattern.regex.search(plain) for pattern in patterns):
                return family
        return None
