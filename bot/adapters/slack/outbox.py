"""Visible posts, each made once whatever breaks.

A post is an operation with an id. Its intent is committed first, the message carries the id in its
metadata, and its ts is committed last. Where the outcome is unknown — the connection broke, Slack
failed, or a process died between the two commits — the channel is searched for the id before anything
is posted again. What remains is a request that Slack carries out after we gave it up and looked: it
would show twice; ``_SETTLE_SECONDS`` makes that unlikely, nothing Slack offers makes it impossible.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random

from bot.adapters.slack.calls import Again, Method, call
from bot.adapters.slack.client import TIMEOUT
from bot.adapters.slack.errors import NotSent, RateLimited
from bot.adapters.slack.identity import SlackIdentity
from bot.domain.desk import PostRecord
from bot.domain.errors import ChatRefused, ChatUnreachable
from bot.ports import Clock, Store

EVENT_TYPE = "fencun_post"

_ATTEMPTS = 3
_SETTLE_SECONDS = 0.3
_IN_FLIGHT = timedelta(seconds=(TIMEOUT.total or 0) + 5)
"""For so long another replica's intent may still be on its way to Slack."""
_POLL_SECONDS = 0.25
_CLOCKS_DIFFER = timedelta(minutes=2)
_PAGE = 200
_MOST_PAGES = 5


class Outbox:
    """Posts of one channel go out one after the other, in the order they were asked for."""

    def __init__(self, client: AsyncWebClient, store: Store, identity: SlackIdentity, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._identity = identity
        self._clock = clock
        self._channels: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._abandoned: set[str] = set()

    async def post(self, op: str, channel: str, message: Mapping[str, Any], *, by: AsyncWebClient | None = None) -> str:
        """``message`` are the arguments of ``chat.postMessage``, by the bot or ``by`` somebody. Returns the ts.

        Raises ``ChatRefused``, after which nothing of the operation is kept, or ``ChatUnreachable``, after
        which it may be tried again at any time.
        """
        lock = self._channels.setdefault(channel, asyncio.Lock())
        async with lock:
            intent, fresh = await self._intend(op, channel)
            if intent.ts is None and not fresh:
                intent, fresh = await self._settled(intent)
            if intent.ts is not None:
                return intent.ts
            try:
                ts = await self._make(intent, fresh, message, by or self._client)
            except ChatRefused:
                async with self._store.begin() as unit:
                    await unit.posts.forget(op)
                raise
            except BaseException:
                self._abandoned.add(op)
                raise
            async with self._store.begin() as unit:
                await unit.posts.posted(op, ts)
            self._abandoned.discard(op)
            return ts

    async def _intend(self, op: str, channel: str) -> tuple[PostRecord, bool]:
        """The intent, and whether it is new, so that nobody can have posted yet."""
        now = self._clock.now()
        async with self._store.begin() as unit:
            known = await unit.posts.get(op)
            intent = known or await unit.posts.intend(op, channel, now)
        return intent, known is None and intent.at == now

    async def _settled(self, intent: PostRecord) -> tuple[PostRecord, bool]:
        """The intent once no other process can be busy with it any more."""
        if intent.op in self._abandoned:
            return intent, False
        loop = asyncio.get_running_loop()
        age = max(self._clock.now() - intent.at, timedelta())
        until = loop.time() + (_IN_FLIGHT - age).total_seconds()
        while intent.ts is None and loop.time() < until:
            await asyncio.sleep(_POLL_SECONDS)
            async with self._store.read() as unit:
                found = await unit.posts.get(intent.op)
            if found is None:  # it was refused there; perhaps it will not be here
                return await self._intend(intent.op, intent.channel)
            intent = found
        return intent, False

    async def _make(self, intent: PostRecord, fresh: bool, message: Mapping[str, Any], by: AsyncWebClient) -> str:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_unknown),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_random(_SETTLE_SECONDS, 2 * _SETTLE_SECONDS),
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                first = fresh and attempt.retry_state.attempt_number == 1
                found = None if first else await self._find(intent, message.get("thread_ts"))
                return found or await self._say(intent, message, by)
        raise AssertionError("tenacity returns or raises")

    async def _say(self, intent: PostRecord, message: Mapping[str, Any], by: AsyncWebClient) -> str:
        answer = await call(
            by.chat_postMessage,
            Again.NOTHING_DONE,
            channel=intent.channel,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"op": _mark(intent.op)}},
            **message,
        )
        ts: str = answer["ts"]
        return ts

    async def _find(self, intent: PostRecord, thread_ts: str | None) -> str | None:
        """The ts of the message that carries the operation, if it stands in the channel.

        A channel is read from its newest message, and its first page whatever the times in it: our clock may be
        wrong. A thread is read whole, as Slack gives it from its start.
        """
        where: dict[str, Any] = {"channel": intent.channel}
        method: Method = self._client.conversations_history
        if thread_ts is not None:
            where["ts"] = thread_ts
            method = self._client.conversations_replies
        cursor = None
        for _ in range(_MOST_PAGES):
            try:
                page = await call(
                    method, Again.ANYTHING, include_all_metadata=True, limit=_PAGE, cursor=cursor, **where
                )
            except ChatRefused as error:
                if error.code == "thread_not_found":
                    return None
                raise ChatUnreachable(f"{intent.op}: cannot see whether it was posted ({error.code})") from error
            for message in page.get("messages", ()):
                if self._carries(message, intent.op):
                    ts: str = message["ts"]
                    return ts
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor or (thread_ts is None and _from_before(page, intent.at)):
                return None
        raise ChatUnreachable(f"{intent.op}: too much was said since to see whether it was posted")

    def _carries(self, message: Mapping[str, Any], op: str) -> bool:
        """Other apps may write what they like into their metadata; ours is known by its author. What it posts with
        a person's token carries its bot id, too (docs.slack.dev/reference/events/message/bot_message).
        """
        metadata = message.get("metadata") or {}
        return (
            metadata.get("event_type") == EVENT_TYPE
            and metadata.get("event_payload", {}).get("op") == _mark(op)
            and (message.get("bot_id") == self._identity.bot_id or message.get("user") == self._identity.bot_user_id)
        )


def _mark(op: str) -> str:
    """What stands for ``op`` in the metadata, which the other organisation's apps read in a shared channel."""
    return blake2b(op.encode(), digest_size=16).hexdigest()


def _unknown(error: BaseException) -> bool:
    return isinstance(error, ChatUnreachable) and not isinstance(error, NotSent | RateLimited)


def _from_before(page: Mapping[str, Any], at: datetime) -> bool:
    """Whether a page of history goes back beyond ``at``."""
    stamps = [float(message["ts"]) for message in page.get("messages") or ()]
    return min(stamps, default=0.0) < (at - _CLOCKS_DIFFER).timestamp()
