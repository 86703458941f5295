"""``fencun crm``: whether the CRM can be read, and what it says about a customer."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import orjson

from bot.adapters.clock import SystemClock
from bot.adapters.logs import configure_logs
from bot.adapters.scripts.policy import load_policy
from bot.adapters.scripts.texts import load_texts
from bot.cli.account_card import AccountCard
from bot.cli.parser import Subparsers, add_now
from bot.cli.wire_account import account_to_wire
from bot.customers import open_crm
from bot.domain.contracts import Customer
from bot.domain.desk import Locale
from bot.domain.errors import CaseInputError
from bot.ports import CrmFacet
from bot.services.crm import CrmService
from config.settings import Settings, load_settings

_LISTED = 8


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("crm", description="Check the configured CRM, or show a customer's card.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|show")
    check = actions.add_parser("check", description="Connect to the CRM and read a row of every view.")
    show = actions.add_parser("show", description="Show a customer: contracts with their state, prices, history.")
    show.add_argument("customer", metavar="CUSTOMER", help="id, name, alias, domain or Slack channel")
    add_now(show)
    for action in (check, show):
        action.add_argument("--json", action="store_true", help="print JSON, for machines")
        action.add_argument("--locale", choices=list(Locale), help="language of the answer (default: FENCUN_VARIANT)")


def run(args: argparse.Namespace) -> int:
    """Raises ``CrmError`` where the CRM cannot answer, ``CaseInputError`` for nobody or several."""
    settings = load_settings(args.config)
    configure_logs("error", settings.log.format)
    asyncio.run(_check(args, settings) if args.action == "check" else _show(args, settings))
    return 0


async def _check(args: argparse.Namespace, settings: Settings) -> None:
    policy = load_policy(settings.policy_file)
    async with open_crm(settings, policy, SystemClock(ZoneInfo(policy.timezone))) as crm:
        await crm.check()
        offered = [facet for facet in CrmFacet if facet in crm.facets]
    lacking = [facet for facet in CrmFacet if facet not in offered]
    if args.json:
        _print_json({"ok": True, "crm": settings.crm, "source": crm.source, "facets": offered})
        return
    texts, locale = load_texts(settings.scripts_dir / "texts"), Locale(args.locale or settings.variant)
    print(texts.get("crm.check.ok", locale, name=settings.crm))
    for key, facets in (("crm.check.offers", offered), ("crm.check.lacks", lacking)):
        if facets:
            named = " · ".join(texts.get(f"crm.facet.{facet}", locale) for facet in facets)
            print(texts.get(key, locale, facets=named))
    if settings.crm == "sample":
        print(texts.get("crm.check.sample", locale))


async def _show(args: argparse.Namespace, settings: Settings) -> None:
    policy = load_policy(settings.policy_file)
    zone = ZoneInfo(policy.timezone)
    clock = SystemClock(zone)
    async with open_crm(settings, policy, clock) as crm:
        account = await crm.account(await _one(crm, args.customer))
    today = (args.now or clock.now()).astimezone(zone).date()
    if args.json:
        _print_json(account_to_wire(account, today, policy))
        return
    card = AccountCard(
        load_texts(settings.scripts_dir / "texts"), Locale(args.locale or settings.variant), policy, zone
    )
    for line in card.lines(account, today):
        print(line)


async def _one(crm: CrmService, wanted: str) -> str:
    """The id of the only customer whom ``wanted`` can mean: exactly, else as part of a name."""
    found = await crm.resolve(wanted) or await crm.find(wanted, _LISTED + 1)
    if not found:
        raise CaseInputError(f"no customer matches {wanted!r}; give an id, a name or an alias as the CRM has it")
    if len(found) > 1:
        raise CaseInputError(f"{wanted!r} can be several customers; give the id of one: {_listed(found)}")
    return found[0].id


def _listed(customers: Sequence[Customer]) -> str:
    shown = [
        f"{each.id} ({' / '.join((each.name, *each.aliases[:1], *filter(None, (each.owner.name,))))})"
        for each in customers[:_LISTED]
    ]
    return ", ".join(shown) + (", …" if len(customers) > _LISTED else "")


def _print_json(value: object) -> None:
    print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
