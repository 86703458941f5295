"""What a local workspace is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bot.workspace.ratelimit import RateLimits


@dataclass(frozen=True)
class Timing:
    """Seconds. Slack's own figures, but for the retries: Slack waits 0, 60 and 300 s, which no demo would sit through.

    Source: docs.slack.dev/apis/events-api (retries), /interactivity/handling-user-interaction (3 s, 30 minutes).
    """

    ack: float = 3.0
    retries: tuple[float, ...] = (1.0, 5.0, 15.0)
    trigger: float = 3.0
    response_url: float = 1800.0
    response_url_uses: int = 5
    home: float = 2.0  # how long opening the App Home waits for the bot to publish
    heartbeat: float = 15.0
    hang: float = 30.0  # the longest an injected ``hang`` lasts


@dataclass(frozen=True)
class WorkspaceConfig:
    """``request_url`` is where Slack would POST events, commands and interactivity (HTTP delivery only).

    ``manifest`` is a Slack app manifest: it alone decides which commands, shortcuts, events and scopes exist.
    Without ``data_dir`` uploaded files live in memory. ``rates=None`` switches rate limits off.
    """

    host: str = "127.0.0.1"
    port: int = 8020
    control: bool = False
    delivery: Literal["socket", "http"] = "socket"
    request_url: str | None = None
    manifest: dict[str, Any] = field(default_factory=dict)
    bot_token: str = "xoxb-fencun-local"  # noqa: S105 - opens nothing but this stand-in
    user_token: str = "xoxp-fencun-"  # noqa: S105 - likewise; with a person's id behind it, that person's
    app_token: str = "xapp-fencun-local"  # noqa: S105 - likewise
    signing_secret: str = "fencun-local-signing-secret"  # noqa: S105 - likewise
    data_dir: Path | None = None
    timing: Timing = Timing()
    rates: RateLimits | None = RateLimits()
    story: bool = True
