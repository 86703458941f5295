"""``fencun run``: the bot against Slack."""

from __future__ import annotations

import argparse
import asyncio

from bot.adapters.logs import configure_logs
from bot.app import serve
from bot.cli.parser import Subparsers
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    subparsers.add_parser(
        "run",
        help="run the bot against Slack",
        description="Runs the bot against Slack: Socket Mode where SLACK_APP_TOKEN is set, else signed HTTP.",
    )


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    configure_logs(settings.log.level, settings.log.format)
    asyncio.run(serve(settings))
    return 0
