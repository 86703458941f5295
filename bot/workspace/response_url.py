"""response_url: five answers within thirty minutes, to where the person acted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from bot.workspace.clock import Clock
from bot.workspace.errors import SlackError
from bot.workspace.limits import text as text_limits
from bot.workspace.limits.blocks import message_blocks
from bot.workspace.messenger import Messenger
from bot.workspace.model import Json, Message
from bot.workspace.state import State

_REMEMBERED = 20_000  # addresses; a benchmark issues more than anybody answers


@dataclass
class Origin:
    """Where and by whom something was done; ``message`` is what it was done to."""

    user: str
    channel: str
    message: Message | None = None
    thread_ts: str | None = None


@dataclass
class _Issued:
    origin: Origin
    until: float
    uses: int


class ResponseUrls:
    def __init__(self, state: State, clock: Clock, messenger: Messenger, seconds: float, uses: int) -> None:
        self._state = state
        self._clock = clock
        self._messenger = messenger
        self._seconds = seconds
        self._uses = uses
        self._issued: dict[str, _Issued] = {}

    def issue(self, kind: str, origin: Origin) -> str:
        """``kind`` is ``commands`` or ``actions``, as in Slack's own addresses."""
        path = f"/{kind}/{self._state.home.id}/{self._clock.number()}/{secrets.token_urlsafe(18)}"
        self._issued[path] = _Issued(origin, self._clock.now() + self._seconds, self._uses)
        if len(self._issued) > _REMEMBERED:
            del self._issued[next(iter(self._issued))]
        return self._state.base_url + path

    def use(self, path: str, body: Json) -> None:
        """Raises ``invalid_url``, ``expired_url``, ``used_url`` or what is wrong with the answer."""
        issued = self._issued.get(path)
        if issued is None:
            raise SlackError("invalid_url")
        if self._clock.now() > issued.until:
            raise SlackError("expired_url")
        if issued.uses < 1:
            raise SlackError("used_url")
        self.answer(issued.origin, body)
        issued.uses -= 1

    def answer(self, origin: Origin, body: Json) -> None:
        """Does what an answer says, be it sent to the url or with the ack of a command."""
        if body.get("delete_original"):
            self._delete(origin)
            return
        content = _content(body)
        if body.get("replace_original") and origin.message is not None:
            self._replace(origin.message, content)
            return
        in_channel = body.get("response_type") == "in_channel"
        # As on Slack, a thread is kept only by what everybody sees (bolt-python #842).
        thread = (body.get("thread_ts") or origin.thread_ts) if in_channel else origin.thread_ts
        message = Message(
            origin.channel,
            self._clock.ts(),
            self._state.app.user_id,
            thread_ts=thread,
            by_app=True,
            visible_to=None if in_channel else origin.user,
            **content,
        )
        if in_channel:
            self._messenger.post(message)
        else:
            self._messenger.whisper(message)

    def _replace(self, message: Message, content: dict[str, Any]) -> None:
        if message.visible_to is None:
            self._messenger.edit(message, content, self._state.app.user_id)
        else:
            self._messenger.rewhisper(message, content)

    def _delete(self, origin: Origin) -> None:
        if origin.message is None or origin.message.deleted:
            return
        if origin.message.visible_to is None:
            self._messenger.delete(origin.message)
        else:
            self._messenger.unwhisper(origin.message)

    def clear(self) -> None:
        self._issued.clear()


def _content(body: Json) -> dict[str, Any]:
    text = body.get("text") or ""
    blocks = message_blocks(body["blocks"]) if body.get("blocks") else None
    attachments = text_limits.attachments(body["attachments"]) if body.get("attachments") else None
    if not isinstance(text, str) or not (text or blocks or attachments):
        raise SlackError("no_text")
    return {"text": text_limits.posted_text(text), "blocks": blocks, "attachments": attachments}
