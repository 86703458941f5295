"""``fencun read``: what customers' messages say, one JSON line each."""

from __future__ import annotations

import argparse
from zoneinfo import ZoneInfo

from bot.adapters.clock import clock_in
from bot.adapters.scripts.policy import load_policy
from bot.cli.jsonl import Item, stream, text_field
from bot.cli.parser import Subparsers, add_jsonl, add_now
from bot.cli.wire_reading import reading_json
from bot.domain.reading.model import Variant
from bot.knowledge import load_reader
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "read",
        description='Read customers\' messages: {"id", "text"} per line in, intents, tactics, variant, amounts, dates '
        "and the words that show them out.",
    )
    add_jsonl(parser)
    add_now(parser)


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    policy = load_policy(settings.policy_file)
    reader, fallback = load_reader(settings, policy), Variant(settings.variant)
    clock = clock_in(ZoneInfo(policy.timezone), args.now)

    def read(item: Item) -> Item:
        return reading_json(reader.read(text_field(item, "text"), now=clock.now(), fallback=fallback))

    return stream(read)
