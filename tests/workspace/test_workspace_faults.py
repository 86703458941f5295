"""Faults asked for, rate limits, the record of calls, the guard and the rest of the control API."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.workspace.ratelimit import RateGate
from bot.workspace.server import RateLimits, Workspace
from tests.workspace.conftest import Start
from tests.workspace.peers import Person, SocketBot, client, modal
from tests.workspace.test_workspace_auth import error_of

POST: dict[str, Any] = {"channel": "C0DESK", "text": "x"}


async def test_a_429_carries_retry_after_and_is_used_up(slack: AsyncWebClient, person: Person):
    await person.do("fault", method="chat.postMessage", kind="429", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(**POST)
    answer = caught.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert (await slack.chat_postMessage(**POST))["ok"]
    assert len(await person.messages("C0DESK")) == 1


async def test_slacks_own_handler_waits_out_a_429(workspace: Workspace, person: Person):
    await person.do("fault", method="auth.test", kind="429", retry_after=1)
    slack = client(workspace)
    slack.retry_handlers = [AsyncRateLimitErrorRetryHandler()]
    started = time.monotonic()
    assert (await slack.auth_test())["ok"]
    assert time.monotonic() - started >= 1


async def test_a_500_does_nothing(slack: AsyncWebClient, person: Person):
    await person.do("fault", method="*", kind="500", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await slack.chat_postMessage(**POST)
        assert caught.value.response.status_code == 500
    assert await person.messages("C0DESK") == []


@pytest.mark.parametrize(("kind", "posted"), [("drop_after", 1), ("drop_before", 0), ("hang", 0)])
async def test_a_broken_connection_answers_nothing(slack: AsyncWebClient, person: Person, kind: str, posted: int):
    await person.do("fault", method="chat.postMessage", kind=kind, seconds=0.1)
    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(**POST)
    assert len(await person.messages("C0DESK")) == posted
    [call] = await person.calls("chat.postMessage")
    assert (call["fault"], call["answer"] is not None) == (kind, posted == 1)


async def test_a_delay_only_delays(slack: AsyncWebClient, person: Person):
    await person.do("fault", method="auth.test", kind="delay", seconds=0.2)
    started = time.monotonic()
    assert (await slack.auth_test())["ok"]
    assert time.monotonic() - started >= 0.2


async def test_a_call_given_up_by_the_client_is_carried_out_all_the_same(workspace: Workspace, person: Person):
    await person.do("fault", method="chat.postMessage", kind="delay", seconds=0.2)
    impatient = client(workspace)
    impatient.timeout = 0.05
    with pytest.raises(TimeoutError):
        await impatient.chat_postMessage(**POST)
    assert await person.messages("C0DESK") == []
    await asyncio.sleep(0.25)
    assert len(await person.messages("C0DESK")) == 1


async def test_a_response_url_can_fail_too(person: Person, bot: SocketBot):
    await person.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft")
    url = AsyncWebhookClient((await bot.payload("slash_commands"))["response_url"], retry_handlers=[])
    await person.do("fault", method="response_url", kind="500")
    assert (await url.send(text="好")).status_code == 500
    await person.do("fault", method="response_url", kind="drop_after")
    with pytest.raises(aiohttp.ClientError):
        await url.send(text="好")
    assert len(await person.messages("C0EXTYF")) == 1


async def test_a_fault_nobody_knows_is_refused(person: Person):
    assert "unknown fault kind" in await person.refused("fault", method="auth.test", kind="418")
    assert "seconds" in await person.refused("fault", method="auth.test", kind="hang", seconds="long")
    assert "times" in await person.refused("fault", method="auth.test", kind="500", times="many")
    assert "times" in await person.refused("fault", method="auth.test", kind="500", times=0)
    assert "kind" in await person.refused("fault", method="auth.test", kind=True)


async def test_a_status_may_be_asked_for_as_a_number(slack: AsyncWebClient, person: Person):
    await person.do("fault", method="auth.test", kind=429, times=1, retry_after=2)
    with pytest.raises(SlackApiError) as refused:
        await slack.auth_test()
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "2")


async def test_calls_are_recorded_without_the_token(slack: AsyncWebClient, person: Person):
    await slack.chat_postMessage(**POST)
    await error_of(slack.chat_postMessage(channel="C0NONE", text="x"))
    good, bad = await person.calls("chat.postMessage")
    assert (good["arguments"]["text"], good["answer"]["ok"], good["status"]) == ("x", True, 200)
    assert bad["answer"]["error"] == "channel_not_found"
    assert "xoxb" not in str(good) + str(bad)


async def test_too_many_posts_in_one_channel_are_turned_away(start: Start):
    slack = client(await start(rates=RateLimits.strict()))
    for _ in range(5):
        await slack.chat_postMessage(**POST)
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(**POST)
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    assert (await slack.chat_postMessage(channel="C0ESC", text="x"))["ok"]


async def test_without_rates_nothing_is_turned_away(start: Start):
    slack = client(await start(rates=None))
    await asyncio.gather(*(slack.auth_test() for _ in range(400)))


def test_a_busy_desk_of_twenty_messages_a_second_passes():
    now = 0.0
    gate = RateGate(RateLimits(), lambda: now)
    for n in range(1200):
        now = n / 20
        assert gate.wait("chat.postMessage", "post", "C0DESK") == 0
        assert gate.wait("chat.update", "update", "C0DESK") == 0


def test_a_bucket_refills_and_says_when():
    now = 0.0
    gate = RateGate(RateLimits.strict(), lambda: now)
    assert [gate.wait("users.list", "2", "") for _ in range(21)] == [0] * 20 + [3]
    now = 3.0
    assert gate.wait("users.list", "2", "") == 0
    assert gate.wait("users.list", "2", "") == 3


async def test_control_does_not_exist_unless_enabled(start: Start):
    workspace = await start(control=False)
    async with aiohttp.ClientSession(workspace.url) as session:
        for method, path in (("GET", "/_control/state"), ("POST", "/_control/reset")):
            async with session.request(method, path) as response:
                assert response.status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_other_sites_cannot_act_through_a_browser(workspace: Workspace, headers: dict[str, str], status: int):
    body = '{"user": "U0AGENTTW", "channel": "C0DESK", "text": "x"}'
    async with aiohttp.ClientSession(workspace.url) as session:
        for prefix in ("/_control", "/page"):
            async with session.post(f"{prefix}/message", data=body, headers=headers) as response:
                assert response.status == status


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"channel": "C0DESK", "text": "x"}, "missing or not a text: user"),
        ({"user": "U0NOBODY", "channel": "C0DESK", "text": "x"}, "user_not_found: U0NOBODY"),
        ({"user": "U0FENCUN", "channel": "C0DESK", "text": "x"}, "user_not_found: U0FENCUN"),
        ({"user": "U0SALESTW", "channel": "C0DESK", "text": "x"}, "not_in_channel: U0SALESTW is not in C0DESK"),
        ({"user": "U0AGENTTW", "channel": "C0NONE", "text": "x"}, "channel_not_found: C0NONE"),
        ({"user": "U0AGENTTW", "channel": "C0DESK", "text": ""}, "missing or not a text: text"),
        ({"user": "U0AGENTTW", "channel": "C0DESK", "text": "a" * 40001}, "msg_too_long"),
    ],
)
async def test_what_a_person_cannot_do_is_refused_with_the_reason(person: Person, body: dict[str, Any], reason: str):
    assert await person.refused("message", **body) == reason


async def test_a_faulty_body_is_refused(workspace: Workspace):
    async with aiohttp.ClientSession(workspace.url) as session:
        for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
            async with session.post("/_control/message", data=body) as response:
                assert (response.status, (await response.json())["error"]) == (400, error)


async def test_an_archived_channel_is_closed_to_people(person: Person):
    await person.do("archive", channel="C0ESC")
    assert "is_archived" in await person.refused("message", user="U0SUPTW", channel="C0ESC", text="x")


async def test_the_state_is_as_the_specification_fixes_it(slack: AsyncWebClient, person: Person, bot: SocketBot):
    await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await person.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft")
    await slack.views_open(trigger_id=(await bot.payload("slash_commands"))["trigger_id"], view=modal())
    state = await person.get("/_control/state")
    customer = next(user for user in state["users"] if user["id"] == "U0CUSTYF")
    assert (customer["team_id"], customer["is_stranger"], customer["is_bot"], customer["role"]) == (
        "T_YONGFENG",
        True,
        False,
        "customer",
    )
    desk = next(channel for channel in state["channels"] if channel["id"] == "C0DESK")
    assert (desk["is_ext_shared"], desk["is_private"], "U0SALESTW" in desk["members"]) == (False, True, False)
    assert {group["handle"] for group in state["groups"]} == {"agents", "supervisors", "engineers", "sales"}
    [message] = state["messages"]
    assert {
        "channel",
        "ts",
        "thread_ts",
        "user",
        "text",
        "blocks",
        "metadata",
        "visible_to",
        "edited",
        "deleted",
    } <= set(message)
    [view] = state["views"]
    assert (view["user"], view["type"], view["view"]["title"]["text"]) == ("U0AGENTTW", "modal", "擬回覆")


async def test_reset_goes_back_to_the_sample(slack: AsyncWebClient, person: Person):
    await slack.chat_postMessage(**POST)
    await person.do("archive", channel="C0ESC")
    await person.do("fault", method="auth.test", kind="500")
    await person.do("reset")
    state = await person.get("/_control/state")
    assert state["messages"] == []
    assert not any(channel["is_archived"] for channel in state["channels"])
    assert (await slack.auth_test())["ok"]
