"""``fencun verdict``: what supervisors' answers decide, one JSON line each."""

from __future__ import annotations

import argparse

from bot.adapters.scripts.verdicts import load_verdicts
from bot.cli.jsonl import Item, stream, text_field
from bot.cli.parser import Subparsers, add_jsonl
from bot.cli.wire_reading import money_json
from bot.domain.verdicts.model import VerdictReading
from bot.domain.verdicts.reader import read_verdict
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "verdict",
        description='Read supervisors\' answers: {"id", "text"} per line in, the verdict with its offer, discount and '
        "conditions out.",
    )
    add_jsonl(parser)


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    lexicon = load_verdicts(settings.scripts_dir / "lexicon")
    return stream(lambda item: verdict_json(read_verdict(text_field(item, "text"), lexicon)))


def verdict_json(reading: VerdictReading) -> Item:
    """The object of ``cli.md``, without the line's ``id``."""
    return {
        "verdict": reading.verdict.value,
        "offer": money_json(reading.offer) if reading.offer else None,
        "discount": float(reading.discount) if reading.discount is not None else None,
        "once": reading.once,
        "conditions": reading.conditions,
    }
