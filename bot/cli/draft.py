"""``fencun draft``: drafts for cases, one JSON line each."""

from __future__ import annotations

import argparse
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.adapters.clock import clock_in
from bot.adapters.logs import configure_logs
from bot.cli.accounts import Accounts, stream_beside
from bot.cli.jsonl import Item
from bot.cli.parser import Subparsers, add_jsonl, add_now
from bot.cli.wire_case import draft_json, parse_case
from bot.customers import open_crm
from bot.domain.cases import Case, Decision, Speaker, Verdict
from bot.domain.drafting.dialogue import carried_on
from bot.domain.reading.context import read_context
from bot.domain.reading.model import Reading, Variant
from bot.domain.verdicts.reader import read_verdict
from bot.knowledge import load_knowledge
from bot.ports import Clock
from bot.services.crm import CrmService
from bot.services.knowledge import Knowledge
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "draft",
        description='Draft replies: a case per line in (only "messages" is required), the stage, two drafts with the '
        "sources of their facts, and what to do next out. Contracts come from the configured CRM.",
    )
    add_jsonl(parser)
    add_now(parser)


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    configure_logs("error", settings.log.format)  # a CRM that is down shows in the answers
    knowledge = load_knowledge(settings)
    clock = clock_in(ZoneInfo(knowledge.policy.timezone), args.now)
    crm = open_crm(settings, knowledge.policy, clock)
    drafting = Drafting(knowledge, crm, clock, Variant(settings.variant))
    return stream_beside(crm, drafting.draft)


class Drafting:
    """Drafts for one line after another."""

    def __init__(self, knowledge: Knowledge, crm: CrmService, clock: Clock, fallback: Variant) -> None:
        self._knowledge = knowledge
        self._accounts = Accounts(crm)
        self._clock = clock
        self._fallback = fallback

    async def draft(self, item: Item) -> Item:
        """Raises ``CaseInputError`` where the line is no case."""
        case, readings = await self.prepare(item)
        *earlier, (text, reading) = readings
        before = carried_on([r for _, r in earlier])
        known = dict(earlier) | {text: reading}
        context = read_context(case, reading, read=known.__getitem__, policy=self._knowledge.policy)
        drafts = self._knowledge.drafter.draft(case, reading, before, context)
        return draft_json(item.get("id"), drafts, self._knowledge.texts)

    async def prepare(self, item: Item) -> tuple[Case, list[tuple[str, Reading]]]:
        """The case with its account, and each customer message with its reading. Raises ``CaseInputError``."""
        case, customer = parse_case(item, now=self._clock.now())
        if customer is not None:
            case = await self._accounts.beside(case, customer)
        case = replace(case, decision=self._with_note(case.decision))
        return case, self._readings(case)

    def _readings(self, case: Case) -> list[tuple[str, Reading]]:
        """Each customer message with its reading. A variant that does not tell is that of the message before."""
        variant, found = self._fallback, []
        for said in (message for message in case.messages if message.speaker is Speaker.CUSTOMER):
            reading = self._knowledge.reader.read(said.text, now=said.at or case.now, fallback=variant)
            variant = reading.variant
            found.append((said.text, reading))
        return found

    def _with_note(self, decision: Decision | None) -> Decision | None:
        """What a counter-offer leaves to its note is read from there."""
        if decision is None or not decision.note or decision.verdict is not Verdict.COUNTER:
            return decision
        if decision.offer or decision.discount or decision.conditions:
            return decision
        said = read_verdict(decision.note, self._knowledge.verdicts)
        return replace(decision, offer=said.offer, discount=said.discount, conditions=said.conditions)
