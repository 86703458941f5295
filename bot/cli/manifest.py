"""``fencun manifest``: the app manifest to paste into api.slack.com/apps."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

import orjson

from bot.cli.parser import Subparsers
from handlers.manifest import build_manifest
from handlers.names import EVENTS_PATH


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "manifest",
        description="Print the Slack app manifest (JSON) that matches the code's listeners and calls: "
        "for Socket Mode, or for HTTP where --url is given.",
    )
    parser.add_argument(
        "--url", type=_https, metavar="URL", help=f"address at which Slack reaches the bot; {EVENTS_PATH} is added"
    )


def run(args: argparse.Namespace) -> int:
    manifest = build_manifest(socket_mode=args.url is None, request_url=args.url)
    print(orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode())
    return 0


def _https(text: str) -> str:
    url = urlsplit(text)
    if url.scheme != "https" or not url.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is not an https:// address, and Slack calls no other")
    return text if url.path.strip("/") else f"https://{url.netloc}{EVENTS_PATH}"
