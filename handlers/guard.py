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
from bot.domain.errors import ChatError, ChatRefused, FencunError, NotAllowed
from bot.ports import Chat, Presenter
from bot.services.tasks import Tasks
from handlers.payloads import Actor

log = structlog.get_logger()


class Guard:
    def __init__(self, chat: Chat, presenter: Presenter, tasks: Tasks) -> None:
        self._chat = chat
        self._presenter = presenter
        self._tasks = tasks

    @asynccontextmanager
    async def around(self, ack: AsyncAck, actor: Actor, what: str) -> AsyncIterator[None]:
        """Runs a listener's body; whatever it raises is logged and told to the person in private."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.adopt(task)
        try:
            yield
        except NotAllowed as error:
            log.warning("refused", what=what, user=actor.user, channel=actor.channel)
            await self._tell(actor, error.key)
        except ChatRefused as error:
            log.warning("chat_refused", what=what, code=error.code)
            await self._tell(actor, f"error.chat.{error.code}", fallback=error.key, code=error.code)
        except FencunError as error:
            log.warning("failed", what=what, error=str(error), kind=error.key)
            await self._tell(actor, error.key)
        except Exception:
            log.exception("unexpected", what=what, user=actor.user)
            await self._tell(actor, FencunError.key)
        finally:
            if ack.response is None:
                await ack()

    async def _tell(self, actor: Actor, key: str, fallback: str = FencunError.key, **params: object) -> None:
        try:
            person = await self._chat.person(actor.user)
            locale = Locale.of(person.locale)
            content = self._presenter.notice(key, locale, fallback=fallback, **params)
            if actor.channel:
                await self._chat.whisper(actor.user, actor.channel, content)
            elif not person.external:
                await self._chat.direct(f"notice:{actor.trigger_id}", actor.user, content)
        except ChatError as error:
            log.warning("notice_not_delivered", user=actor.user, error=str(error))
