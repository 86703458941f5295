"""A guard around every listener: no exception leaves it, no ack is lost, no shutdown forgets it.

An exception right after ``await ack()`` would lose the ack (measured: 404 after three seconds), and
exceptions in Bolt's lazy listeners never reach ``app.error``. So every listener runs inside ``Guard.around``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.errors import ChatError, ChatRefused, FencunError
from bot.ports import Chat, Presenter
from bot.services.preferences import Preferences
from bot.services.tasks import Tasks
from handlers.metrics import Metrics
from handlers.payloads import Actor

log = structlog.get_logger()


class Guard:
    def __init__(
        self, chat: Chat, preferences: Preferences, presenter: Presenter, tasks: Tasks, metrics: Metrics
    ) -> None:
        self._chat = chat
        self._preferences = preferences
        self._presenter = presenter
        self._tasks = tasks
        self._metrics = metrics

    @asynccontextmanager
    async def around(self, ack: AsyncAck, actor: Actor, what: str) -> AsyncIterator[None]:
        """Runs a listener's body; whatever it raises is logged and told to the person in private."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.adopt(task)
        try:
            with self._metrics.listeners.labels(what).time():
                yield
        except Exception as error:  # noqa: BLE001 - nothing may leave a listener: see above
            self._metrics.failures.labels(what, type(error).__name__).inc()
            await self._explain(error, actor, what)
        finally:
            if ack.response is None:
                await ack()

    async def _explain(self, error: Exception, actor: Actor, what: str) -> None:
        if not isinstance(error, FencunError):
            log.error("unexpected", what=what, user=actor.user, exc_info=error)
            await self._tell(actor, FencunError.key)
            return
        log.warning("not_done", what=what, user=actor.user, channel=actor.channel, kind=error.key, error=str(error))
        if isinstance(error, ChatRefused):
            await self._tell(actor, f"error.chat.{error.code}", fallback=error.key, code=error.code)
        else:
            await self._tell(actor, error.key)

    async def _tell(self, actor: Actor, key: str, fallback: str = FencunError.key, **params: object) -> None:
        try:
            person = await self._chat.person(actor.user)
            locale = await self._preferences.locale(actor.user)
            content = self._presenter.notice(key, locale, params, fallback=fallback)
            if actor.channel:
                await self._chat.whisper(actor.user, actor.channel, content)
            elif not person.external:
                await self._chat.direct(f"notice:{actor.trigger_id}", actor.user, content)
        except ChatError as error:
            log.warning("notice_not_delivered", user=actor.user, error=str(error))
