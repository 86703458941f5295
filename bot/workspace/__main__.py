"""``python -m bot.workspace``: the local workspace as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

from bot.workspace.server import RateLimits, Workspace, WorkspaceConfig


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.workspace", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8020, help="0 for any free port")
    parser.add_argument("--control", action="store_true", help="enable the control API")
    parser.add_argument("--delivery", choices=["socket", "http"], default="socket")
    parser.add_argument("--request-url", help="where events, commands and interactivity are POSTed (http delivery)")
    parser.add_argument("--manifest", type=Path, required=True, help="Slack app manifest, JSON")
    parser.add_argument("--data-dir", type=Path, help="folder for uploaded files; memory without it")
    parser.add_argument("--no-rate-limits", action="store_true", help="for benchmarks")
    parser.add_argument("--no-story", action="store_true", help="open the page without the guided story")
    options = parser.parse_args()
    try:
        manifest: dict[str, Any] = json.loads(options.manifest.read_text("utf-8"))
    except (OSError, ValueError) as error:
        parser.error(f"--manifest {options.manifest}: {error}")
    config = WorkspaceConfig(
        host=options.host,
        port=options.port,
        control=options.control,
        delivery=options.delivery,
        request_url=options.request_url,
        manifest=manifest,
        data_dir=options.data_dir,
        story=not options.no_story,
        rates=None if options.no_rate_limits else RateLimits(),
    )
    return asyncio.run(_serve(config))


async def _serve(config: WorkspaceConfig) -> int:
    workspace = Workspace(config)
    try:
        await workspace.start()
    except OSError as error:
        sys.stderr.write(f"cannot listen on {config.host}:{config.port}: {error.strerror}; choose another --port\n")
        return 1
    sys.stdout.write(json.dumps({"url": workspace.url, "api_url": workspace.api_url}) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
    await workspace.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
