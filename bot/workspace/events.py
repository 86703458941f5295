"""Events API: wraps, delivers and retries events, and remembers them so that they can be sent again."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

from bot.workspace.clock import Clock, new_id
from bot.workspace.delivery import Courier, Outcome, Retry
from bot.workspace.errors import Refused
from bot.workspace.installation import Installation
from bot.workspace.model import Channel
from bot.workspace.state import State

_REMEMBERED = 20_000


class Events:
    """An event not acked is delivered again under the same ``event_id``, after each of ``retries`` seconds."""

    def __init__(
        self, state: State, installation: Installation, clock: Clock, courier: Courier, retries: tuple[float, ...]
    ) -> None:
        self._state = state
        self._installation = installation
        self._clock = clock
        self._courier = courier
        self._retries = retries
        self._sent: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._attempts: dict[str, int] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def emit(
        self, name: str, event: dict[str, Any], channel: Channel | None = None, event_id: str | None = None
    ) -> asyncio.Task[Outcome] | None:
        """Sends ``event`` if the app subscribed to ``name`` and is in ``channel``; the task ends with the first outcome
        that was acked or the last that failed.
        """
        if not self._installation.receives(name):
            return None
        if channel is not None and self._state.app.user_id not in channel.members:
            return None
        envelope = self._envelope(event, channel, event_id or new_id("Ev"))
        self._remember(envelope)
        return self._start(self._deliver(envelope))

    async def redeliver(self, event_id: str, reason: str) -> Outcome:
        """Sends a known event again as a retry would. Raises ``Refused`` when there was none."""
        envelope = self._sent.get(event_id)
        if envelope is None:
            raise Refused(f"event_not_found: {event_id}")
        self._attempts[event_id] = self._attempts.get(event_id, 0) + 1
        return await self._courier.deliver("events_api", envelope, Retry(self._attempts[event_id], reason))

    async def _deliver(self, envelope: dict[str, Any]) -> Outcome:
        outcome = await self._courier.deliver("events_api", envelope)
        for attempt, pause in enumerate(self._retries, start=1):
            if outcome.acked or outcome.no_retry:
                break
            await asyncio.sleep(pause)
            self._attempts[envelope["event_id"]] = attempt
            outcome = await self._courier.deliver(
                "events_api", envelope, Retry(attempt, outcome.reason or "unknown_error")
            )
        return outcome

    def _envelope(self, event: dict[str, Any], channel: Channel | None, event_id: str) -> dict[str, Any]:
        home = self._state.home.id
        shared = bool(channel and channel.is_ext_shared)
        return {
            "token": "local-verification-token",
            # In a shared channel this is the sender's team: whose event it is says ``authorizations`` alone.
            "team_id": event.get("user_team", home) if shared else home,
            "context_team_id": home,
            "context_enterprise_id": None,
            "api_app_id": self._state.app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(self._clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": home,
                    "user_id": self._state.app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": shared,
            "event_context": _context(event, home, self._state.app.app_id, channel),
        }

    def _remember(self, envelope: dict[str, Any]) -> None:
        self._sent[envelope["event_id"]] = envelope
        while len(self._sent) > _REMEMBERED:
            forgotten, _ = self._sent.popitem(last=False)
            self._attempts.pop(forgotten, None)

    def _start(self, work: Coroutine[Any, Any, Outcome]) -> asyncio.Task[Outcome]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settle(self, seconds: float) -> None:
        """Returns when a bot that is there has acked what was sent, or after that time."""
        if not (self._tasks and await self._courier.connected()):
            return
        if under_way := set(self._tasks):  # it may all have been acked while the bot was looked for
            await asyncio.wait(under_way, timeout=seconds)

    async def forget(self) -> None:
        """Drops what is still to be delivered; for a reset and for the end."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._sent.clear()
        self._attempts.clear()


def _context(event: dict[str, Any], team: str, app: str, channel: Channel | None) -> str:
    subject = {"et": event["type"], "tid": team, "aid": app, "cid": channel.id if channel else ""}
    return "4-" + base64.urlsafe_b64encode(json.dumps(subject).encode()).decode().rstrip("=")
