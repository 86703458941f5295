"""People, channels and groups as Slack knows them. What cannot be determined is somebody else's.

Outside facts: docs.slack.dev/apis/slack-connect (``is_stranger``, ``is_ext_shared``,
``is_pending_ext_shared``), docs.slack.dev/reference/objects/user-object (``is_restricted`` are guests).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.cache import Cache
from bot.adapters.slack.calls import Again, call
from bot.adapters.slack.identity import SlackIdentity
from bot.domain.errors import ChatError, ChatLockedOut, ChatRefused
from bot.ports import Channel, Person

_MINUTE = 60.0


class SlackDirectory:
    def __init__(self, client: AsyncWebClient, identity: SlackIdentity) -> None:
        self._client = client
        self._identity = identity
        self._people = Cache(self._load_person, 10 * _MINUTE)
        self._channels = Cache(self._load_channel, 5 * _MINUTE)
        self._groups = Cache(self._load_group, 5 * _MINUTE)
        self._emails = Cache(self._load_email, 10 * _MINUTE)
        self._direct = Cache(self._open_direct, 60 * _MINUTE)

    async def person(self, user: str) -> Person:
        try:
            return await self._people.get(user)
        except ChatError as error:
            return Person(user, user, external=True, fault=error)

    async def channel(self, channel: str) -> Channel:
        try:
            return await self._channels.get(channel)
        except ChatError as error:
            return Channel(channel, channel, shared=True, fault=error)

    async def group_members(self, group: str) -> frozenset[str]:
        try:
            return await self._groups.get(group)
        except ChatLockedOut:
            raise
        except ChatRefused:
            return frozenset()

    async def find_by_email(self, email: str) -> str | None:
        return await self._emails.get(email)

    async def direct_channel(self, user: str) -> str:
        """The conversation with ``user`` alone; opened where there was none."""
        return await self._direct.get(user)

    def forget_direct(self, user: str) -> None:
        self._direct.forget(user)

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None:
        if user is not None:
            self._people.forget(user)
        if channel is not None:
            self._channels.forget(channel)
        if group is not None:
            self._groups.forget(group)

    async def _load_person(self, user: str) -> Person:
        answer = await call(self._client.users_info, Again.ANYTHING, user=user, include_locale=True)
        found = answer["user"]
        profile = found.get("profile") or {}
        team = found.get("team_id")
        return Person(
            id=user,
            name=profile.get("display_name") or profile.get("real_name") or found.get("name") or user,
            external=team != self._identity.team_id or _is_outsider(found),
            is_bot=bool(found.get("is_bot")),
            email=profile.get("email"),
            locale=found.get("locale"),
            image=profile.get("image_72"),
            team=team,
        )

    async def _load_channel(self, channel: str) -> Channel:
        answer = await call(self._client.conversations_info, Again.ANYTHING, channel=channel)
        found = answer["channel"]
        partner = found.get("user")
        return Channel(
            id=channel,
            name=found.get("name") or channel,
            shared=_is_shared(found) or (partner is not None and (await self.person(partner)).external),
            archived=bool(found.get("is_archived")),
            direct=bool(found.get("is_im") or found.get("is_mpim")),
        )

    async def _load_group(self, group: str) -> frozenset[str]:
        answer = await call(self._client.usergroups_users_list, Again.ANYTHING, usergroup=group)
        return frozenset(answer["users"])

    async def _load_email(self, email: str) -> str | None:
        try:
            answer = await call(self._client.users_lookupByEmail, Again.ANYTHING, email=email)
        except ChatRefused as error:
            if error.code == "users_not_found":
                return None
            raise
        user: str = answer["user"]["id"]
        return user

    async def _open_direct(self, user: str) -> str:
        answer = await call(self._client.conversations_open, Again.ANYTHING, users=user)
        channel: str = answer["channel"]["id"]
        return channel


def _is_outsider(user: Mapping[str, Any]) -> bool:
    """Strangers of other teams, guests of ours (accounts that are made for outsiders), and whoever has left us."""
    return any(user.get(flag) for flag in ("is_stranger", "is_restricted", "is_ultra_restricted", "deleted"))


def _is_shared(channel: Mapping[str, Any]) -> bool:
    if any(channel.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared")):
        return True
    return bool(channel.get("is_shared")) and not channel.get("is_org_shared")
