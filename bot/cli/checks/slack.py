"""Asks Slack itself: tokens, scopes, channels, people. What it answers: docs.slack.dev/reference/methods."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any

from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import Again, Method, call
from bot.adapters.slack.client import slack_client
from bot.adapters.slack.errors import failures_named
from bot.cli.checks.check import Check, fail, ok, warn
from bot.domain.errors import ChatRefused, ChatUnreachable
from config.faults import variable
from config.settings import Settings
from handlers.manifest import SCOPES

_BAD_TOKEN = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
_NOT_FOUND = frozenset({"channel_not_found", "user_not_found"})


async def slack_checks(settings: Settings) -> AsyncIterator[Check]:
    """Where the bot token does not work, nothing that needs it is asked."""
    token = settings.slack.bot_token
    if token is None:
        yield fail("bot_token", "token_missing", "SLACK_BOT_TOKEN")
    else:
        async with slack_client(token, settings.slack.api_url) as client:
            identity = await _asked("bot_token", "SLACK_BOT_TOKEN", _identity(client))
            yield identity
            if identity.passed:
                async for check in _as_bot(client, settings):
                    yield check
    yield await _asked("transport", "SLACK_APP_TOKEN", _transport(settings))


async def _as_bot(client: AsyncWebClient, settings: Settings) -> AsyncIterator[Check]:
    yield await _asked("scopes", None, _scopes(client))
    for name, required in (("desk", True), ("escalation", True), ("sales", False)):
        field, channel = f"{name}_channel", getattr(settings, f"{name}_channel")
        if channel is None:
            yield (fail if required else warn)(field, "channel_unset", variable(field))
        else:
            yield await _asked(field, variable(field), _channel(client, field, channel, internal=True), id=channel)
    for channel in settings.support_channels:
        asking = _channel(client, "support_channels", channel, internal=False)
        yield await _asked("support_channels", variable("support_channels"), asking, id=channel)
    for role in ("agents", "supervisors", "engineers", "sales"):
        named: tuple[str, ...] = getattr(settings, role)
        if not named:
            yield warn(role, "staff_unset", variable(role))
        for name in named:
            asking = _group(client, role, name) if name.startswith("S") else _person(client, role, name)
            yield await _asked(role, variable(role), asking, id=name)


async def _identity(client: AsyncWebClient) -> Check:
    answer = await _ask(client.auth_test)
    return ok("bot_token", "bot_token_ok", bot=str(answer.get("user")), team=str(answer.get("team")))


async def _scopes(client: AsyncWebClient) -> Check:
    """Slack lists a token's scopes in a header of every answer."""
    with failures_named("auth_test"):
        header = str((await client.auth_test()).headers.get("x-oauth-scopes", ""))
    missing = sorted(SCOPES.keys() - {scope.strip() for scope in header.split(",")})
    return fail("scopes", "scopes_missing", scopes=", ".join(missing)) if missing else ok("scopes")


async def _transport(settings: Settings) -> Check:
    if settings.resolved_transport == "http":
        if settings.slack.signing_secret is None:
            return fail("transport", "transport_missing", "SLACK_APP_TOKEN")
        return ok("transport", "transport_http", port=str(settings.http.port))
    token = settings.slack.app_token
    if token is None:
        return fail("transport", "token_missing", "SLACK_APP_TOKEN")
    async with slack_client(SecretStr(""), settings.slack.api_url) as client:
        await _ask(client.apps_connections_open, app_token=token.get_secret_value())
    return ok("transport", "transport_socket")


async def _channel(client: AsyncWebClient, subject: str, channel: str, *, internal: bool) -> Check:
    info: dict[str, Any] = (await _ask(client.conversations_info, channel=channel))["channel"]
    setting, name = variable(subject), str(info.get("name"))
    if info.get("is_archived"):
        return fail(subject, "channel_archived", setting, name=name)
    if not info.get("is_member"):
        return fail(subject, "channel_not_member", setting, name=name)
    if internal and (info.get("is_ext_shared") or info.get("is_pending_ext_shared")):
        return fail(subject, "channel_shared", setting, name=name)
    return ok(subject, "channel_ok", name=name)


async def _group(client: AsyncWebClient, role: str, group: str) -> Check:
    for found in (await _ask(client.usergroups_list))["usergroups"]:
        if found["id"] == group:
            return ok(role, "group_ok", handle=str(found.get("handle")))
    return fail(role, "not_found", variable(role), id=group)


async def _person(client: AsyncWebClient, role: str, person: str) -> Check:
    user = (await _ask(client.users_info, user=person))["user"]
    name = str(user.get("real_name") or user.get("name"))
    if user.get("deleted") or user.get("is_stranger"):
        return fail(role, "person_not_ours", variable(role), name=name)
    return ok(role, "person_ok", name=name)


async def _ask(method: Method, **arguments: str) -> Mapping[str, Any]:
    return await call(method, Again.NOTHING_DONE, **arguments)


async def _asked(subject: str, setting: str | None, asking: Awaitable[Check], **params: str) -> Check:
    """The check, or the one that says why Slack did not answer it."""
    try:
        return await asking
    except ChatUnreachable as error:
        return fail(subject, "slack_unreachable", "SLACK_API_URL", reason=str(error))
    except ChatRefused as error:
        if error.code in _BAD_TOKEN:
            return fail(subject, "token_refused", setting, code=error.code)
        if error.code in _NOT_FOUND:
            return fail(subject, "not_found", setting, **params)
        return fail(subject, "slack_refused", setting, code=error.code)
