"""``fencun demo``: the bot and a local workspace with sample people, customers and contracts."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
import tempfile
from pathlib import Path

from bot.adapters.logs import configure_logs
from bot.app import serve
from bot.cli.parser import Subparsers
from bot.domain.errors import SettingsError
from bot.workspace.config import WorkspaceConfig
from bot.workspace.server import Workspace
from config.settings import Settings, load_settings
from handlers.manifest import build_manifest
from handlers.names import EVENTS_PATH

HOST = "127.0.0.1"
_LAST_PORT = 65535

SAMPLE = {
    "desk_channel": "C0DESK",
    "escalation_channel": "C0ESC",
    "agents": ("S0AGENTS",),
    "supervisors": ("S0SUP",),
    "engineers": ("S0ENG",),
    "sales": ("S0SALES",),
}
"""Where the sample's people and places are, as settings."""


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "demo",
        help="start the bot and a local workspace with sample data",
        description="Starts the bot and a local workspace with sample data, and prints the URL to open.",
    )
    parser.add_argument(
        "--port", type=_port, default=8020, help="port of the workspace; the bot takes the next, or any that is free"
    )
    parser.add_argument("--control", action="store_true", help="enable the control API for tests and scripts")
    parser.add_argument(
        "--transport", choices=("socket", "http"), default="socket", help="how the workspace reaches the bot"
    )
    parser.add_argument("--fresh", action="store_true", help="start with empty stores in a temporary folder")


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r}: must be a port from 1 to {_LAST_PORT}")
    return port


def port_beside(port: int) -> int:
    """The next port, or where that is taken any free one: several demos may run side by side."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port + 1))
        except (OSError, OverflowError):
            probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def run(args: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="fencun-demo-") as folder:
        data_dir = Path(folder) if args.fresh else _begin_anew(Path("var/demo"))
        asyncio.run(_demo(args, data_dir))
    return 0


def _begin_anew(data_dir: Path) -> Path:
    """The local workspace remembers nothing of its last run, so the desk's cases in it are forgotten too."""
    for file in data_dir.glob("fencun.db*"):
        file.unlink()
    return data_dir


async def _demo(args: argparse.Namespace, data_dir: Path) -> None:
    bot_port = port_beside(args.port)
    events_url = f"http://{HOST}:{bot_port}{EVENTS_PATH}"
    http = args.transport == "http"
    config = WorkspaceConfig(
        host=HOST,
        port=args.port,
        control=args.control,
        delivery=args.transport,
        request_url=events_url if http else None,
        manifest=build_manifest(socket_mode=not http, request_url=events_url),
        data_dir=data_dir / "files",
    )
    workspace = Workspace(config)
    settings = _settings(args, data_dir, config, bot_port)
    configure_logs(settings.log.level, settings.log.format)
    try:
        await workspace.start()
    except OSError as error:
        raise SettingsError(f"port {args.port} is taken ({error.strerror}); choose another --port") from error
    try:
        await serve(settings, ready=lambda: _welcome(workspace.url))
    finally:
        await workspace.stop()


def _settings(args: argparse.Namespace, data_dir: Path, config: WorkspaceConfig, bot_port: int) -> Settings:
    slack = {
        "bot_token": config.bot_token,
        "app_token": config.app_token,
        "signing_secret": config.signing_secret,
        "api_url": f"http://{config.host}:{config.port}/api/",
    }
    return load_settings(
        args.config,
        slack=slack,
        http={"host": HOST, "port": bot_port},
        transport=args.transport,
        data_dir=data_dir,
        **SAMPLE,
    )


def _welcome(url: str) -> None:
    sys.stdout.write(f"分寸 is ready: open {url} in a browser (Ctrl+C ends it)\n")
    sys.stdout.flush()
