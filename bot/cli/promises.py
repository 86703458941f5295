"""``fencun promises``: the promises that replies of our side make, one JSON line each."""

from __future__ import annotations

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.adapters.clock import clock_in
from bot.adapters.scripts.policy import load_policy
from bot.adapters.scripts.promises import load_promises
from bot.cli.instants import REASON, parse_instant
from bot.cli.jsonl import Item, stream, text_field
from bot.cli.parser import Subparsers, add_jsonl, add_now
from bot.domain.errors import CaseInputError
from bot.domain.promises.finder import find_promises
from bot.domain.promises.model import PromiseMention
from bot.domain.reading.calendar import CountryCalendar
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "promises",
        description='Find promises: {"id", "text", "now"} per line in (now: ISO 8601 with offset), what was promised '
        "and by when out.",
    )
    add_jsonl(parser)
    add_now(parser)


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    policy = load_policy(settings.policy_file)
    calendar, zone = CountryCalendar(policy.country, policy.workday_end_hour), ZoneInfo(policy.timezone)
    lexicon = load_promises(settings.scripts_dir / "lexicon")

    clock = clock_in(zone, args.now)

    def promises(item: Item) -> Item:
        text, now = text_field(item, "text"), _instant(item, zone) or clock.now()
        found = find_promises(text, now=now, lexicon=lexicon, calendar=calendar)
        return {"promises": [promise_json(promise) for promise in found]}

    return stream(promises)


def promise_json(promise: PromiseMention) -> Item:
    """One promise as ``cli.md`` has it."""
    return {
        "text": promise.text,
        "what": promise.what,
        "due": promise.due.isoformat() if promise.due else None,
        "vague": promise.vague,
        "span": list(promise.span),
        "ambiguous": promise.ambiguous,
    }


def _instant(item: Item, zone: ZoneInfo) -> datetime | None:
    """The line's own ``now``, if it has one, as the tenant's clocks show it. Raises ``CaseInputError``."""
    if item.get("now") is None:
        return None
    try:
        return parse_instant(item["now"]).astimezone(zone)
    except ValueError as error:
        raise CaseInputError(f"now: {REASON}") from error
