"""Files and reminders in a person's direct conversation, each once as far as Slack allows.

Neither can carry an operation's id as a post does, so after an unknown outcome a share is known again by the names
of its files, and a reminder by its time and text. Two replicas that are asked for the same within a second
could still both do it; a person clicks in one place. What Slack offers:
docs.slack.dev/messaging/working-with-files, docs.slack.dev/reference/methods/chat.scheduleMessage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import Again, call
from bot.adapters.slack.errors import failures_named
from bot.adapters.slack.identity import SlackIdentity
from bot.domain.desk import PostRecord
from bot.domain.errors import ChatRefused, ChatUnreachable
from bot.ports import Clock, File, Store

_CLOCKS_DIFFER = timedelta(minutes=2)
_PAGE = 100


class Uploads:
    def __init__(self, client: AsyncWebClient, store: Store, identity: SlackIdentity, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._identity = identity
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def share(self, op: str, channel: str, files: Sequence[File], comment: str) -> bool:
        """False where ``op`` was done before. Raises ``ChatRefused`` or ``ChatUnreachable``."""
        lock = self._turns.setdefault(op, asyncio.Lock())
        async with lock:
            intent, fresh = await self._intend(op, channel)
            if intent.ts is None and not fresh:
                intent = await self._confirm(intent, await self._shared(intent, files))
            if intent.ts is not None:
                return False
            await self._upload(intent, files, comment)
            return True

    async def remind(self, op: str, channel: str, at: datetime, text: str) -> None:
        lock = self._turns.setdefault(op, asyncio.Lock())
        async with lock:
            intent, fresh = await self._intend(op, channel)
            if intent.ts is None and not fresh:
                intent = await self._confirm(intent, await self._waiting(channel, text))
            if intent.ts is None:
                await self._schedule(intent, at, text)

    async def _intend(self, op: str, channel: str) -> tuple[PostRecord, bool]:
        """The intent, and whether it is new."""
        async with self._store.begin() as unit:
            known = await unit.posts.get(op)
            return known or await unit.posts.intend(op, channel, self._clock.now()), known is None

    async def _confirm(self, intent: PostRecord, found: str | None) -> PostRecord:
        """The intent as done by what was ``found`` of it, if anything was."""
        if found is None:
            return intent
        async with self._store.begin() as unit:
            await unit.posts.posted(intent.op, found)
            return await unit.posts.get(intent.op) or intent

    async def _upload(self, intent: PostRecord, files: Sequence[File], comment: str) -> None:
        """Bytes that nobody shared show nowhere, so only the last step must not be done twice."""
        try:
            uploaded = [{"id": await self._put(file), "title": file.name} for file in files]
            await call(
                self._client.files_completeUploadExternal,
                Again.NOTHING_DONE,
                files=uploaded,
                channel_id=intent.channel,
                initial_comment=comment,
            )
        except ChatRefused:
            await self._forget(intent.op)
            raise
        await self._confirm(intent, uploaded[0]["id"])

    async def _put(self, file: File) -> str:
        """Uploads the bytes; returns the file's id."""
        ticket = await call(
            self._client.files_getUploadURLExternal, Again.ANYTHING, filename=file.name, length=len(file.content)
        )
        session = self._client.session
        assert session is not None, "slack_client always brings a session"
        with failures_named("files.upload"):
            async with session.post(ticket["upload_url"], data=file.content, proxy=self._client.proxy) as answer:
                status = answer.status
        if status != HTTPStatus.OK:
            raise ChatUnreachable(f"files.upload: Slack failed (HTTP {status})")
        file_id: str = ticket["file_id"]
        return file_id

    async def _shared(self, intent: PostRecord, files: Sequence[File]) -> str | None:
        """The id of the first file, where the bot has shared files of these names since the intent."""
        since = (intent.at - _CLOCKS_DIFFER).timestamp()
        page = await call(
            self._client.conversations_history,
            Again.ANYTHING,
            channel=intent.channel,
            oldest=f"{since:.6f}",
            limit=_PAGE,
        )
        names = {file.name for file in files}
        for message in page.get("messages", ()):
            shared = message.get("files") or []
            ours = message.get("user") == self._identity.bot_user_id
            if ours and shared and {item.get("title") for item in shared} == names:
                found: str = shared[0]["id"]
                return found
        return None

    async def _schedule(self, intent: PostRecord, at: datetime, text: str) -> None:
        try:
            answer = await call(
                self._client.chat_scheduleMessage,
                Again.NOTHING_DONE,
                channel=intent.channel,
                post_at=int(at.timestamp()),
                text=text,
            )
        except ChatRefused:
            await self._forget(intent.op)
            raise
        await self._confirm(intent, answer["scheduled_message_id"])

    async def _waiting(self, channel: str, text: str) -> str | None:
        """The id of a reminder with this text that still waits."""
        page = await call(self._client.chat_scheduledMessages_list, Again.ANYTHING, channel=channel, limit=_PAGE)
        waiting = [item for item in page.get("scheduled_messages", ()) if item.get("text") == text]
        return waiting[0]["id"] if waiting else None

    async def _forget(self, op: str) -> None:
        async with self._store.begin() as unit:
            await unit.posts.forget(op)
