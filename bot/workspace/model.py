"""What a workspace holds. Mutable on purpose: this is the stand-in's state, changed in one event loop only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    domain: str


@dataclass
class Person:
    id: str
    name: str
    team_id: str
    role: Literal["customer", "agent", "supervisor", "engineer", "sales", "bot"]
    locale: str = "zh-TW"
    email: str | None = None
    is_bot: bool = False
    avatar_color: str = "#5b6b7a"
    deleted: bool = False
    updated: int = 0


@dataclass
class Channel:
    id: str
    name: str
    members: list[str]
    purpose: str = ""
    is_private: bool = False
    is_ext_shared: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_archived: bool = False
    partner_team: str | None = None
    created: int = 0

    @property
    def kind(self) -> str:
        """The event API's ``channel_type``."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"

    @property
    def payload_name(self) -> str:
        """Interactive payloads do not give away the name of what is not public."""
        if self.is_im:
            return "directmessage"
        return "privategroup" if self.is_private else self.name


@dataclass
class Group:
    id: str
    handle: str
    name: str
    users: list[str]
    updated: int = 0


@dataclass
class StoredFile:
    id: str
    name: str
    title: str
    mimetype: str
    size: int
    user: str
    created: int
    content: bytes | None = None  # None while the upload is awaited, or when the bytes are on disk
    received: bool = False
    shared: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    by_app: bool = False
    subtype: str | None = None
    username: str | None = None
    icon: str | None = None
    visible_to: str | None = None
    broadcast: bool = False
    edited: Json | None = None
    deleted: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    state: Json = field(default_factory=dict)  # what people chose in selects and inputs, by block and action

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def all_blocks(self) -> list[Json]:
        """Those of the message and those of its attachments."""
        attached = [block for item in self.attachments or [] for block in item.get("blocks", [])]
        return [*(self.blocks or []), *attached]

    def seen_by(self, user: str) -> bool:
        return not self.deleted and self.visible_to in (None, user)


@dataclass
class OpenView:
    id: str
    user: str
    type: Literal["modal", "home"]
    definition: Json
    hash: str
    state: Json = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    response_channel: str | None = None


@dataclass
class Unread:
    messages: int = 0
    mentions: int = 0
