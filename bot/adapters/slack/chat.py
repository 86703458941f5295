"""Slack as the core's chat platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import structlog

from bot.adapters.slack.cache import Cache
from bot.adapters.slack.calls import Again, call
from bot.adapters.slack.client import SlackClient, client_of
from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.identity import SlackIdentity
from bot.adapters.slack.outbox import Outbox
from bot.adapters.slack.responses import Responses
from bot.adapters.slack.uploads import Uploads
from bot.domain.errors import ChatError, ChatRefused, ChatUnreachable
from bot.ports import Channel, Clock, Content, File, Person, Persona, Spot, Store

log = structlog.get_logger()

T = TypeVar("T")

_TRIGGER_SECONDS = 3.0
_LINK_SECONDS = 24 * 3600.0


class SlackChat:
    """Conforms to ``ports.Chat``.

    What shows twice when it is done twice is repeated only where Slack surely did nothing. For posts the
    outbox finds out; a whisper cannot be looked up, and one too many (two sets of drafts, one of them
    stale) confuses more than one too few, which its reader notices and asks for again.
    """

    def __init__(
        self,
        client: SlackClient,
        store: Store,
        identity: SlackIdentity,
        clock: Clock,
        own_tokens: Mapping[str, str] | None = None,
    ) -> None:
        self._client = client
        self._own = {user: client_of(user, token, client) for user, token in (own_tokens or {}).items()}
        self._directory = SlackDirectory(client, identity)
        self._outbox = Outbox(client, store, identity, clock)
        self._uploads = Uploads(client, store, identity, clock)
        self._responses = Responses(client)
        self._links = Cache(self._load_link, _LINK_SECONDS)

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        """By the person's own token where there is one and Slack takes it, else under their name and picture, for
        which the bot needs the scope ``chat:write.customize``.
        """
        message = _message(content) | {"unfurl_links": False, "unfurl_media": False}
        if thread_ts is not None:
            message["thread_ts"] = thread_ts
        if persona is None:
            return await self._outbox.post(op, channel, message)
        own = self._own.get(persona.user)
        if own is not None:
            try:
                return await self._outbox.post(op, channel, message, by=own)
            except ChatRefused as error:
                log.warning("own_token_refused", user=persona.user, code=error.code)
        message["username"] = persona.name
        if persona.image is not None:
            message["icon_url"] = persona.image
        return await self._outbox.post(op, channel, message)

    async def direct(self, op: str, user: str, content: Content) -> str:
        return await self._directly(user, lambda channel: self.post(op, channel, content))

    async def send_files(self, op: str, user: str, files: Sequence[File], comment: Content) -> bool:
        """Needs the scope ``files:write``."""
        return await self._directly(user, lambda channel: self._uploads.share(op, channel, files, comment.text))

    async def remind(self, op: str, user: str, at: datetime, content: Content) -> None:
        await self._directly(user, lambda channel: self._uploads.remind(op, channel, at, content.text))

    async def _directly(self, user: str, do: Callable[[str], Awaitable[T]]) -> T:
        """In the conversation with ``user``; one that was known and is gone is opened anew."""
        try:
            return await do(await self._directory.direct_channel(user))
        except ChatRefused as error:
            if error.code != "channel_not_found":
                raise
        self._directory.forget_direct(user)
        return await do(await self._directory.direct_channel(user))

    async def update(self, channel: str, ts: str, content: Content) -> None:
        """Blocks are always given: an update without them would leave the old ones standing."""
        await call(
            self._client.chat_update,
            Again.ANYTHING,
            channel=channel,
            ts=ts,
            text=content.text,
            blocks=list(content.blocks),
        )

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        await call(
            self._client.chat_postEphemeral,
            Again.NOTHING_DONE,
            channel=channel,
            user=user,
            thread_ts=thread_ts,
            **_message(content),
        )

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        replacing = {"replace_original": True, **_message(content)}
        if not spot.address or not await self._responses.send(spot.address, replacing):
            await self.whisper(user, spot.channel, content, thread_ts=spot.thread_ts)

    async def dismiss(self, spot: Spot) -> None:
        if spot.address:
            await self._responses.send(spot.address, {"delete_original": True})

    async def open_form(self, trigger_id: str, view: dict[str, object]) -> str:
        """One attempt: the trigger is gone after three seconds."""
        try:
            async with asyncio.timeout(_TRIGGER_SECONDS):
                answer = await call(self._client.views_open, Again.NEVER, trigger_id=trigger_id, view=view)
        except TimeoutError as error:
            raise ChatUnreachable(f"views_open: no answer within {_TRIGGER_SECONDS:.0f} s") from error
        view_id: str = answer["view"]["id"]
        return view_id

    async def update_form(self, view_id: str, view: dict[str, object]) -> None:
        await call(self._client.views_update, Again.ANYTHING, view_id=view_id, view=view)

    async def publish_home(self, user: str, view: dict[str, object]) -> None:
        await call(self._client.views_publish, Again.ANYTHING, user_id=user, view=view)

    async def permalink(self, channel: str, ts: str) -> str | None:
        """None wherever there is none to be had: a link is never worth failing for. Links do not change."""
        try:
            return await self._links.get(f"{channel}/{ts}")
        except ChatError:
            return None

    async def _load_link(self, place: str) -> str:
        channel, _, ts = place.partition("/")
        answer = await call(self._client.chat_getPermalink, Again.ANYTHING, channel=channel, message_ts=ts)
        link: str = answer["permalink"]
        return link

    async def person(self, user: str) -> Person:
        return await self._directory.person(user)

    async def channel(self, channel: str) -> Channel:
        return await self._directory.channel(channel)

    async def group_members(self, group: str) -> frozenset[str]:
        return await self._directory.group_members(group)

    async def find_by_email(self, email: str) -> str | None:
        return await self._directory.find_by_email(email)

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None:
        self._directory.forget(user=user, channel=channel, group=group)


def _message(content: Content) -> dict[str, Any]:
    message: dict[str, Any] = {"text": content.text}
    if content.blocks:
        message["blocks"] = list(content.blocks)
    return message
