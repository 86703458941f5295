"""Who we are in Slack, asked once at start-up."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import Again, call
from bot.domain.errors import ChatRefused, SettingsError

_HOW = "install the app and copy its Bot User OAuth Token (xoxb-…)"


@dataclass(frozen=True, slots=True)
class SlackIdentity:
    team_id: str
    bot_user_id: str
    bot_id: str


async def identify(client: AsyncWebClient) -> SlackIdentity:
    """Raises ``SettingsError`` where the token is no good, ``ChatUnreachable`` where Slack does not answer."""
    try:
        answer = await call(client.auth_test, Again.ANYTHING)
    except ChatRefused as error:
        raise SettingsError(f"Slack refused SLACK_BOT_TOKEN ({error.code}): {_HOW}") from error
    if not answer.get("bot_id"):
        raise SettingsError(f"SLACK_BOT_TOKEN is not a bot's token: {_HOW}")
    return SlackIdentity(answer["team_id"], answer["user_id"], answer["bot_id"])
