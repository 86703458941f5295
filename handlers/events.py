"""Events: kept in the store before they are acknowledged.

Bolt acknowledges an event before its listener runs, and answers 404 to events that match no listener. As a
global middleware this comes first: what is ours is stored, then 200; what is not ours is 200 at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.errors import FencunError
from bot.ports import Chat
from bot.services.cards import CardService
from bot.services.home import HomeService
from bot.services.intake import Intake
from bot.services.sharing import Sharing
from bot.services.tasks import Tasks
from handlers.metrics import Metrics
from handlers.payloads import is_heard
from handlers.shapes import ident, mapping, words

log = structlog.get_logger()


SHARING = frozenset({"channel_shared", "channel_unshared"})


class Events:
    def __init__(
        self,
        intake: Intake,
        home: HomeService,
        sharing: Sharing,
        cards: CardService,
        chat: Chat,
        tasks: Tasks,
        metrics: Metrics,
    ) -> None:
        self._intake = intake
        self._home = home
        self._sharing = sharing
        self._cards = cards
        self._tasks = tasks
        self._chat = chat
        self._metrics = metrics

    def register(self, app: AsyncApp) -> None:
        app.middleware(self.on_event)

    async def on_event(self, req: AsyncBoltRequest, next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 - Bolt injects by this name
        body = req.body
        if body.get("type") != "event_callback":
            await next()
            return None
        if is_heard(body):
            try:
                await self._intake.receive(body["event_id"], dict(body))
            except Exception as error:  # noqa: BLE001 - whatever kept it from being kept, it has to come again
                log.warning("event_not_kept", event_id=body["event_id"], error=str(error))
                self._metrics.events.labels("not_kept").inc()
                return BoltResponse(status=503, body="")
            self._metrics.events.labels("kept").inc()
        else:
            self._metrics.events.labels("noted").inc()
            self._note(mapping(body.get("event")))
        return BoltResponse(status=200, body="")

    async def _show_home(self, user: str) -> None:
        try:
            await self._home.show(user)
        except FencunError as error:
            log.warning("home_not_shown", user=user, error=str(error))

    async def _follow_sharing(self, channel: str) -> None:
        """What could not be shown while outsiders read along is shown once they do not."""
        try:
            if channel and await self._sharing.changed(channel):
                await self._cards.resume()
        except FencunError as error:
            log.warning("sharing_not_followed", channel=channel, error=str(error))

    def _note(self, event: Mapping[str, Any]) -> None:
        """An opened home is filled; what the platform says has changed is asked anew when it is next needed."""
        kind = words(event.get("type"))
        if kind == "app_home_opened":
            self._tasks.spawn(self._show_home(ident(event.get("user"))), name="home")
        elif kind == "user_change":
            self._chat.forget(user=_id(event.get("user")))
        elif kind in SHARING:
            self._chat.forget(channel=_id(event.get("channel")))
            self._tasks.spawn(self._follow_sharing(_id(event.get("channel"))), name="sharing")
        elif kind in ("channel_rename", "channel_archive"):
            self._chat.forget(channel=_id(event.get("channel")))
        elif kind in ("subteam_updated", "subteam_members_changed"):
            self._chat.forget(group=_id(event.get("subteam_id") or event.get("subteam")))


def _id(thing: object) -> str:
    """Some events name a thing by its id, some by an object."""
    return ident(thing) or ident(mapping(thing).get("id"))
