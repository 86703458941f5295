import ast
import json
from pathlib import Path

import jsonschema
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.__main__ import main

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "tests/data/slack/manifest.schema.1.0.0.json").read_text("utf-8"))

EVENT_SCOPES = {
    "app_home_opened": set(),
    "channel_archive": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "channel_unarchive": {"channels:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "user_change": {"users:read"},
}
"""Event → the scopes Slack asks for it (docs.slack.dev/reference/events)."""


def manifest(capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    assert main(["manifest", *options]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("options", [(), ("--url", "https://bot.example.com")])
def test_slacks_own_schema_accepts_it(capsys: pytest.CaptureFixture[str], options: tuple[str, ...]):
    jsonschema.Draft7Validator(SCHEMA).validate(manifest(capsys, *options))


def test_the_schema_is_not_asleep(capsys: pytest.CaptureFixture[str]):
    faulty = manifest(capsys)
    faulty["features"]["slash_commands"][0]["command"] = 7

    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(faulty)


def test_socket_mode_names_no_address_and_http_names_one(capsys: pytest.CaptureFixture[str]):
    socket, http = manifest(capsys), manifest(capsys, "--url", "https://bot.example.com")

    assert socket["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(socket)
    assert http["settings"]["socket_mode_enabled"] is False
    addresses = {
        http["settings"]["event_subscriptions"]["request_url"],
        http["settings"]["interactivity"]["request_url"],
        *(command["url"] for command in http["features"]["slash_commands"]),
    }
    assert addresses == {"https://bot.example.com/slack/events"}


def test_every_event_has_its_scopes(capsys: pytest.CaptureFixture[str]):
    shown = manifest(capsys)
    scopes = set(shown["oauth_config"]["scopes"]["bot"])

    lacking = {
        event: EVENT_SCOPES[event] - scopes
        for event in shown["settings"]["event_subscriptions"]["bot_events"]
        if EVENT_SCOPES[event] - scopes
    }

    assert lacking == {}


READ = {"channels:read", "groups:read"}
HISTORY = {"channels:history", "groups:history", "im:history"}
CALL_SCOPES: dict[str, set[str]] = {
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write", "chat:write.customize"},
    "chat_scheduleMessage": {"chat:write"},
    "chat_scheduledMessages_list": set(),
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_info": READ | {"im:read"},
    "conversations_members": READ,
    "conversations_open": {"im:write"},
    "conversations_replies": HISTORY,
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
"""Call of slack_sdk → the scopes Slack asks for it (docs.slack.dev/reference/methods)."""


def calls_of_the_code() -> set[str]:
    """Every method of Slack's client that the bot's own code calls."""
    methods = {name for name in vars(AsyncWebClient) if "_" in name.strip("_") and not name.startswith("_")}
    return {
        node.attr
        for folder in ("bot/adapters/slack", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in methods - {"api_call"}
    }


def test_the_scopes_are_those_that_calls_events_and_commands_need(capsys: pytest.CaptureFixture[str]):
    shown = manifest(capsys)
    calls = calls_of_the_code()
    assert "chat_postMessage" in calls

    needed = {"commands"}.union(
        *(CALL_SCOPES[call] for call in calls),
        *(EVENT_SCOPES[event] for event in shown["settings"]["event_subscriptions"]["bot_events"]),
    )

    assert set(shown["oauth_config"]["scopes"]["bot"]) == needed
