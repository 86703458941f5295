"""The wire form of ``fencun lint``: the case beside a reply, as in ``fencun draft`` but with nothing required."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.cli.wire_case import CaseIn, MessageIn, validated
from bot.domain.cases import Case


class LintCaseIn(CaseIn):
    messages: Annotated[list[MessageIn], Field(max_length=500, default_factory=list)]


def parse_lint_case(item: dict[str, Any], *, now: datetime) -> tuple[Case, str | None] | None:
    """The case of one line with the customer to ask the CRM for; None where the line has no case.

    Raises ``CaseInputError`` naming the first field that is wrong.
    """
    if item.get("case") is None:
        return None
    wire = validated(LintCaseIn, item["case"], within="case")
    return wire.value(now), wire.account_of
