"""The argument parser of every command: mistakes are one line, and ``--config`` is understood everywhere."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from bot.cli.instants import REASON, parse_instant
from bot.domain.text import one_line

Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - the type has no public name
"""What ``register`` of a command module is given."""


class Parser(argparse.ArgumentParser):
    """``add_subparsers`` of this parser makes parsers of this class again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False)
        self.add_argument(
            "--config",
            type=Path,
            metavar="FILE",
            default=argparse.SUPPRESS,
            help="YAML file with settings (or FENCUN_CONFIG); environment variables win over it",
        )

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)}; see {self.prog} --help\n")


def instant(text: str) -> datetime:
    """An argument that is a time, its offset with it."""
    try:
        return parse_instant(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {REASON}") from error


def add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now", type=instant, metavar="TIME", help="reference time, ISO 8601 with offset (default: now)"
    )


def add_jsonl(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jsonl", action="store_true", required=True, help="a JSON object per line on stdin and stdout"
    )
