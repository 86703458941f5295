"""The wire form of ``fencun draft``: a case as JSON in, a draft set as JSON out (``cli.md``)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.cli.instants import REASON, parse_instant
from bot.cli.wire_reading import reading_json
from bot.domain.cases import (
    Case,
    Decision,
    Difficulty,
    Done,
    Fault,
    LoggedAction,
    Promise,
    PromiseState,
    Severity,
    Speaker,
    Triage,
    Utterance,
    Verdict,
)
from bot.domain.drafting.model import ContractStanding, Draft, DraftSet
from bot.domain.errors import CaseInputError
from bot.domain.lint.model import Finding
from bot.domain.money import Currency, Money, currency_of
from bot.domain.texts import Texts


def _instant(value: object) -> datetime:
    try:
        return parse_instant(value)
    except ValueError as error:
        raise PydanticCustomError("instant", REASON) from error


Instant = Annotated[datetime, BeforeValidator(_instant)]
Amount = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Unit = Annotated[Currency, BeforeValidator(lambda unit: (isinstance(unit, str) and currency_of(unit)) or unit)]
Text = Annotated[str, Field(max_length=20_000)]
CustomerKey = Annotated[Text, BeforeValidator(lambda key: str(key) if type(key) is int else key)]
"""What the CRM calls the customer; many count theirs, and a caller then passes the number on as one."""


class WireModel(BaseModel):
    """Fields that we do not know are left alone, so that newer callers can send more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class MessageIn(WireModel):
    speaker: Speaker = Field(alias="from")
    text: Text
    at: Instant | None = None


class TriageIn(WireModel):
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    hours: Amount | None = None
    cost: Amount | None = None
    currency: Unit | None = None
    product: Text | None = None

    def value(self) -> Triage:
        cost = None if self.cost is None else Money(self.cost, self.currency)
        return Triage(self.severity, self.difficulty, self.hours, cost, self.product)


class MoneyIn(WireModel):
    amount: Amount
    currency: Unit | None = None


class DecisionIn(WireModel):
    verdict: Verdict
    by: Text | None = None
    note: Text | None = None
    offer: MoneyIn | None = None
    discount: Annotated[Decimal, Field(gt=0, le=1)] | None = None
    once: bool | None = None
    conditions: Text | None = None

    def value(self) -> Decision:
        return Decision(
            verdict=self.verdict,
            by=self.by,
            note=self.note,
            offer=Money(self.offer.amount, self.offer.currency) if self.offer else None,
            discount=self.discount,
            once=self.once,
            conditions=self.conditions,
        )


class PromiseIn(WireModel):
    text: Text
    owner: Text | None = None
    due: Instant | None = None
    state: PromiseState = PromiseState.OPEN


class ActionIn(WireModel):
    kind: Done
    at: Instant | None = None


class CaseIn(WireModel):
    """Only ``messages`` is required. A field that is null counts as left out."""

    id: str | int | None = None
    customer: CustomerKey | None = None
    now: Instant | None = None
    messages: Annotated[list[MessageIn], Field(min_length=1, max_length=500)]
    triage: TriageIn | None = None
    fault: Fault | None = None
    history_checked: bool | None = None
    decision: DecisionIn | None = None
    promises: list[PromiseIn] | None = None
    actions: list[ActionIn] | None = None

    @property
    def account_of(self) -> str | None:
        """Whom to ask the CRM for."""
        return (self.customer or "").strip() or None

    def value(self, now: datetime) -> Case:
        """``now`` counts where the case has no time of its own. Its zone is the tenant's, in which every time is put:
        whatever offset a caller writes, tomorrow and the last day of a contract are those of the tenant.
        """

        def here(at: datetime | None) -> datetime | None:
            return at and at.astimezone(now.tzinfo)

        return Case(
            id=str(self.id) if self.id is not None else "case",
            now=here(self.now) or now,
            messages=tuple(Utterance(m.speaker, m.text, here(m.at)) for m in self.messages),
            triage=self.triage.value() if self.triage else Triage(),
            fault=self.fault or Fault.UNKNOWN,
            history_checked=bool(self.history_checked),
            decision=self.decision.value() if self.decision else None,
            promises=tuple(Promise(p.text, p.owner, here(p.due), p.state) for p in self.promises or ()),
            actions=tuple(LoggedAction(a.kind, here(a.at)) for a in self.actions or ()),
        )


def parse_case(item: dict[str, Any], *, now: datetime) -> tuple[Case, str | None]:
    """The case of one line, and the customer to ask the CRM for. ``now`` counts where the line has no time,
    and its zone is the tenant's.

    Raises ``CaseInputError`` naming the first field that is wrong.
    """
    wire = validated(CaseIn, item)
    if all(message.speaker is not Speaker.CUSTOMER for message in wire.messages):
        raise CaseInputError('messages: hold no message from the customer; one with "from": "customer" is needed')
    return wire.value(now), wire.account_of


W = TypeVar("W", bound=WireModel)


def validated(model: type[W], item: object, within: str = "") -> W:
    """Raises ``CaseInputError`` naming the first field that is wrong; ``within`` is the field that holds ``item``."""
    try:
        return model.model_validate(item)
    except ValidationError as error:
        raise CaseInputError(_reason(error, within)) from error


def _reason(error: ValidationError, within: str) -> str:
    first = error.errors()[0]
    field = ".".join([*filter(None, [within]), *map(str, first["loc"])]) or "-"
    return f"{field}: {'must be a JSON object' if first['type'] == 'model_type' else first['msg']}"


def draft_json(case_id: str | int | None, drafts: DraftSet, texts: Texts) -> dict[str, Any]:
    """The output object. The reasons of the proposals are in the variant of the case."""
    variant = drafts.reading.variant
    return {
        "id": case_id,
        "reading": reading_json(drafts.reading),
        "contract": _contract_json(drafts.contract) if drafts.contract else None,
        "stage": drafts.stage.value,
        "drafts": [_draft_json(draft) for draft in drafts.drafts],
        "actions": [{"kind": p.kind.value, "reason": texts.get(p.reason, variant)} for p in drafts.proposals],
    }


def _contract_json(contract: ContractStanding) -> dict[str, Any]:
    return {
        "state": contract.state.value,
        "number": contract.number,
        "end": contract.end.isoformat() if contract.end else None,
        "as_of": contract.as_of.isoformat(),
        "stale": contract.stale,
        "source": contract.source,
    }


def _draft_json(draft: Draft) -> dict[str, Any]:
    return {
        "tone": draft.tone.value,
        "text": draft.text,
        "facts": [{"text": fact.text, "source": fact.source} for fact in draft.facts],
        "findings": [finding_json(finding) for finding in draft.findings],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as ``fencun draft`` and ``fencun lint`` print it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "span": list(finding.span),
        "text": finding.text,
        "why": finding.why,
        "suggestion": finding.suggestion,
    }
