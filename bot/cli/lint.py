"""``fencun lint``: replies against the house rules, one JSON line each."""

from __future__ import annotations

import argparse
from zoneinfo import ZoneInfo

from bot.adapters.clock import clock_in
from bot.adapters.logs import configure_logs
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.policy import load_policy
from bot.cli.accounts import Accounts, stream_beside
from bot.cli.jsonl import Item, text_field
from bot.cli.parser import Subparsers, add_jsonl, add_now
from bot.cli.wire_case import finding_json
from bot.cli.wire_lint import parse_lint_case
from bot.customers import open_crm
from bot.domain.lint.context import LintContext
from bot.domain.lint.linter import Linter
from bot.domain.policy import Policy
from bot.ports import Clock
from bot.services.crm import CrmService
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "lint",
        description='Check replies: {"id", "text"} per line in, optionally with the "case" as `fencun draft` takes it; '
        "what breaks a house rule, why, and a better wording out.",
    )
    add_jsonl(parser)
    add_now(parser)


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    configure_logs("error", settings.log.format)  # a CRM that is down only means that less is known
    policy = load_policy(settings.policy_file)
    clock = clock_in(ZoneInfo(policy.timezone), args.now)
    crm = open_crm(settings, policy, clock)
    linting = Linting(Linter(load_lint(settings.scripts_dir / "lint")), policy, crm, clock)
    return stream_beside(crm, linting.lint)


class Linting:
    """Findings for one line after another."""

    def __init__(self, linter: Linter, policy: Policy, crm: CrmService, clock: Clock) -> None:
        self._linter = linter
        self._policy = policy
        self._accounts = Accounts(crm)
        self._clock = clock

    async def lint(self, item: Item) -> Item:
        """Raises ``CaseInputError`` where the line is no reply, or its case none."""
        text = text_field(item, "text")
        findings = self._linter.check(text, await self._context(item))
        return {"findings": [finding_json(finding) for finding in findings]}

    async def _context(self, item: Item) -> LintContext:
        found = parse_lint_case(item, now=self._clock.now())
        if found is None:
            return LintContext()
        case, customer = found
        return LintContext.of(await self._accounts.beside(case, customer) if customer else case, self._policy)
