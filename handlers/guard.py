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

from bot.domain.desk import Locale
from bot.domain.errors import ChatRefused, ChatUnreachable, FencunError, NotAllowed, StoreError
from bot.ports import Chat, Content, Presenter
from bot.services.preferences import Preferences
from bot.services.tasks import Tasks
from handlers.metrics import Metrics
from handlers.payloads import Actor

log = structlog.get_logger()

SPEAK_SECONDS = 0.3
"""What is left to find out somebody's language before a form has to be answered."""


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
    async def around(self, ack: AsyncAck, actor: Actor, what: str, *, field: str = "") -> AsyncIterator[None]:
        """Runs a listener's body; whatever it raises is logged and told to the person in private.

        A form that was not answered yet stays open, with the trouble told at its ``field``: what was typed must not
        be lost.
        """
        task = asyncio.current_task()
        if task is not None:
            self._tasks.adopt(task)
        try:
            with self._metrics.listeners.labels(what).time():
                yield
        except Exception as error:  # noqa: BLE001 - nothing may leave a listener: see above
            self._note(error, actor, what)
            await self._explain(error, actor, ack, field)
        finally:
            if ack.response is None:
                await ack()

    def _note(self, error: Exception, actor: Actor, what: str) -> None:
        self._metrics.failures.labels(what, type(error).__name__).inc()
        if isinstance(error, FencunError):
            log.warning("not_done", what=what, user=actor.user, channel=actor.channel, kind=error.key, error=str(error))
        else:
            log.error("unexpected", what=what, user=actor.user, exc_info=error)

    async def _explain(self, error: Exception, actor: Actor, ack: AsyncAck, field: str) -> None:
        try:
            if field and ack.response is None:
                content = self._content(error, await self._locale(actor.user, SPEAK_SECONDS))
                await ack(response_action="errors", errors={field: content.text})
            else:
                await self._tell(actor, error)
        except Exception as trouble:  # noqa: BLE001 - the same: a second failure must not hide the first
            log.warning("notice_not_delivered", user=actor.user, error=str(trouble))

    async def _tell(self, actor: Actor, error: Exception) -> None:
        """Where they acted; where that cannot be, one of ours is told in their direct conversation with the bot."""
        person = await self._chat.person(actor.user)
        told: Exception = error
        if person.external:  # an outsider learns nothing of what went wrong
            told = person.fault if isinstance(person.fault, ChatUnreachable) else NotAllowed()
        locale = await self._locale(actor.user)
        content = self._content(told, locale) if person.external else self._told_ours(told, locale)
        try:
            if actor.channel:
                await self._chat.whisper(actor.user, actor.channel, content)
                return
        except ChatRefused:
            if person.external:
                raise
        if not person.external:
            await self._chat.direct(f"notice:{actor.trigger_id or actor.channel}:{actor.user}", actor.user, content)

    def _told_ours(self, error: Exception, locale: Locale) -> Content:
        """Whose it is to do what they may not."""
        allowed = error.params.get("allowed") if isinstance(error, NotAllowed) else None
        if isinstance(allowed, list):
            key = f"error.not_allowed.{'_'.join(allowed)}"
            return self._presenter.notice(key, locale, {}, fallback=NotAllowed.key)
        return self._content(error, locale)

    def _content(self, error: Exception, locale: Locale) -> Content:
        if isinstance(error, ChatRefused):
            key = f"error.chat.{error.code}"
            return self._presenter.notice(key, locale, {"code": error.code}, fallback=error.key)
        key = error.key if isinstance(error, FencunError) else FencunError.key
        return self._presenter.notice(key, locale, {}, fallback=FencunError.key)

    async def _locale(self, user: str, patience: float | None = None) -> Locale:
        """What they read; where that cannot be found out, the language of the desk's default."""
        try:
            async with asyncio.timeout(patience):
                return await self._preferences.locale(user)
        except (TimeoutError, StoreError):
            return Locale.of(None)
