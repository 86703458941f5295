"""Tokens, scopes, arguments and unknown methods are refused as Slack refuses them."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from tests.workspace.conftest import Start
from tests.workspace.peers import APP_TOKEN, BOT_TOKEN, Person, client, manifest


async def error_of(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_auth_test_names_team_bot_and_app(slack: AsyncWebClient):
    answer = await slack.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T_HOME", "U0FENCUN", "B0FENCUN")
    assert answer.headers["X-OAuth-Scopes"].startswith("app_mentions:read,")


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-other", "invalid_auth"), ("", "not_authed"), (APP_TOKEN, "not_allowed_token_type")]
)
async def test_a_wrong_token_is_refused(workspace: Workspace, token: str, error: str):
    assert await error_of(client(workspace, token).auth_test()) == error


async def test_a_bot_token_opens_no_socket(workspace: Workspace):
    assert await error_of(client(workspace).apps_connections_open(app_token=BOT_TOKEN)) == "not_allowed_token_type"


async def test_http_delivery_opens_no_socket(start: Start):
    workspace = await start(delivery="http", request_url=None)
    assert await error_of(client(workspace).apps_connections_open(app_token=APP_TOKEN)) == "socket_mode_not_enabled"


async def test_a_revoked_token_says_so(slack: AsyncWebClient, person: Person):
    await person.do("revoke")
    assert await error_of(slack.auth_test()) == "token_revoked"
    await person.do("reset")
    assert (await slack.auth_test())["ok"]


async def test_a_missing_scope_names_what_is_needed_and_provided(start: Start):
    slack = client(await start(manifest=manifest(without_scopes=("chat:write",))))
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0DESK", text="hi")
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "users:read" in answer["provided"].split(",")


async def test_private_channels_need_their_own_scope(start: Start):
    slack = client(await start(manifest=manifest(without_scopes=("groups:history",))))
    assert (await slack.conversations_history(channel="C0EXTYF"))["ok"]
    assert await error_of(slack.conversations_history(channel="C0DESK")) == "missing_scope"


async def test_an_unknown_method_is_refused_even_without_a_token(workspace: Workspace):
    assert await error_of(client(workspace, "").api_call("chat.shout")) == "unknown_method"


async def test_a_missing_argument_is_named(slack: AsyncWebClient):
    with pytest.raises(SlackApiError) as caught:
        await slack.api_call("conversations.info", json={})
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[]", "json_not_object"),
        ("application/xml", "<a/>", "invalid_post_type"),
        ("application/x-www-form-urlencoded", f"token={BOT_TOKEN}", None),
        ("application/json", f'{{"token": "{BOT_TOKEN}"}}', None),
    ],
)
async def test_bodies_are_json_or_form(workspace: Workspace, content_type: str, body: str, error: str | None):
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{workspace.api_url}auth.test", data=body, headers={"Content-Type": content_type}) as response,
    ):
        assert (await response.json()).get("error") == error


async def test_arguments_of_a_form_carry_json(workspace: Workspace):
    """slack_sdk sends some methods as forms, in which blocks are text."""
    form = {"token": BOT_TOKEN, "channel": "C0DESK", "blocks": '[{"type": "divider"}]', "text": "x"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{workspace.api_url}chat.postMessage", data=form) as response,
    ):
        assert (await response.json())["message"]["blocks"][0]["type"] == "divider"


async def test_a_persons_token_posts_as_that_person_and_does_nothing_else(workspace: Workspace, slack: AsyncWebClient):
    own = client(workspace, "xoxp-fencun-U0AGENTTW")
    posted = await own.chat_postMessage(channel="C0EXTYF", text="您好", username="別人")
    message = posted["message"]
    assert (message["user"], message["bot_id"]) == ("U0AGENTTW", "B0FENCUN")
    assert "username" not in message
    assert await error_of(own.conversations_info(channel="C0EXTYF")) == "not_allowed_token_type"
    assert await error_of(own.chat_postMessage(channel="C0ENG", text="您好")) == "not_in_channel"


@pytest.mark.parametrize("token", ["xoxp-fencun-U0CUSTYF", "xoxp-fencun-U0FENCUN", "xoxp-fencun-U0NOBODY", "U0AGENTTW"])
async def test_nobody_but_our_people_has_a_token_of_their_own(workspace: Workspace, token: str):
    assert await error_of(client(workspace, token).chat_postMessage(channel="C0EXTYF", text="您好")) == "invalid_auth"
