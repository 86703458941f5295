"""What an agent asks about a channel: what the desk does in it, whose it is, what is open."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.channels import ChannelMode, ChannelRecord
from bot.domain.contracts import Customer
from bot.domain.desk import CaseRecord


@dataclass(frozen=True, slots=True)
class OpenCase:
    record: CaseRecord
    card: str | None = None
    """The way to its card."""


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    record: ChannelRecord
    mode: ChannelMode
    customers: tuple[Customer, ...]
    linked: bool
    """One of ours said so; otherwise the CRM does."""
    available: bool = True
    """False where the CRM could not be asked."""
    cases: tuple[OpenCase, ...] = ()
    on_duty: str | None = None
