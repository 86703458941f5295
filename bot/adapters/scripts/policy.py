"""Loads the policy file. Fields and their meaning: ``bot.domain.policy``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from bot.adapters.scripts.files import FileModel, read_yaml
from bot.domain.cases import Severity
from bot.domain.money import Currency
from bot.domain.policy import Policy


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name of a folder
        raise ValueError("is not a time zone such as Asia/Taipei") from error
    return name


_Limits = dict[Currency, Annotated[Decimal, Field(ge=0)]]


class _PolicyFile(FileModel):
    """A field that is left out keeps the default of ``Policy``: no value stands here a second time."""

    company: Annotated[str, Field(max_length=60)] | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] | None = None
    country: Literal["TW", "CN"] | None = None
    workday_start_hour: Annotated[int, Field(ge=0, le=23)] | None = None
    workday_end_hour: Annotated[int, Field(ge=1, le=24)] | None = None
    expiring_within_days: PositiveInt | None = None
    low_cost_limit: _Limits | None = None
    compensation_caps: dict[Literal["agent", "supervisor"], _Limits] | None = None
    offer_limits: dict[Literal["agent", "supervisor"], _Limits] | None = None
    discount_limits: dict[Literal["agent", "supervisor"], Annotated[Decimal, Field(ge=0, le=100)]] | None = None
    first_word_within_minutes: dict[Severity, PositiveInt] | None = None
    decision_within_hours: PositiveInt | None = None
    revise_within_seconds: PositiveInt | None = None
    progress_every_hours: PositiveInt | None = None
    call_after_minutes: PositiveInt | None = None
    repeat_contact_days: PositiveInt | None = None
    good_customer_years: PositiveInt | None = None
    conversation_window_minutes: PositiveInt | None = None
    quiet_from_hour: Annotated[int, Field(ge=0, le=23)] | None = None
    quiet_to_hour: Annotated[int, Field(ge=0, le=23)] | None = None
    public_mail_domains: tuple[str, ...] | None = None
    draft_max_chars: Annotated[int, Field(ge=120)] | None = None

    @model_validator(mode="after")
    def _first_word_for_every_severity(self) -> Self:
        lacking = set(Severity) - set(self.first_word_within_minutes or Severity)
        if lacking:
            raise ValueError(f"first_word_within_minutes lacks {', '.join(sorted(lacking))}")
        return self

    @model_validator(mode="after")
    def _day_has_hours(self) -> Self:
        start, end = self.workday_start_hour, self.workday_end_hour
        if start is not None and end is not None and start >= end:
            raise ValueError("workday_start_hour must come before workday_end_hour")
        return self


def load_policy(path: Path) -> Policy:
    """Raises ``ScriptsError`` with one ``file: field: reason`` line per fault."""
    return Policy(**read_yaml(path, _PolicyFile).model_dump(exclude_none=True))
