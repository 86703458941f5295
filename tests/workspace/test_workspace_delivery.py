"""Events over both transports: signature, ack, retries of the same event, connections."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.workspace.server import Workspace
from tests.workspace.conftest import Start
from tests.workspace.peers import (
    APP_TOKEN,
    HttpBot,
    Person,
    Received,
    Silence,
    SocketBot,
    client,
    connected,
    eventually,
    is_event,
)


async def silent(_kind: str, _payload: dict[str, Any]) -> None:
    raise Silence


def said(item: Received) -> bool:
    return is_event(item, "message")


async def test_a_signed_event_reaches_the_http_bot(http_person: Person, http_bot: HttpBot):
    ts = await http_person.say("U0CUSTYF", "C0EXTYF", "壞了")
    [item] = await http_bot.until(said)
    assert (item.payload["type"], item.payload["event"]["ts"], item.retry) == ("event_callback", ts, 0)


async def test_commands_and_clicks_come_as_forms(http_person: Person, http_bot: HttpBot):
    await http_person.say("U0CUSTYF", "C0EXTYF", "壞了")
    answer = await http_person.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft", text="軟 & 慢")
    assert answer["status"] == 200
    assert (await http_bot.payload("slash_commands"))["text"] == "軟 & 慢"
    ts = (await http_person.messages("C0EXTYF"))[0]["ts"]
    await http_person.do("shortcut", user="U0AGENTTW", channel="C0EXTYF", ts=ts, callback_id="draft_reply")
    assert (await http_bot.payload("message_action"))["message"]["text"] == "壞了"


async def test_a_failed_event_is_sent_again_under_its_id(http_person: Person, http_bot: HttpBot):
    http_bot.statuses = [500, 404]
    await http_person.say("U0CUSTYF", "C0EXTYF", "壞了", event_id="Ev0SAME")
    items = await http_bot.until(said, 3)
    assert {item.payload["event_id"] for item in items} == {"Ev0SAME"}
    assert [(item.retry, item.reason) for item in items] == [(0, ""), (1, "http_error"), (2, "http_error")]
    await asyncio.sleep(0.1)
    assert len(http_bot.received) == 3


async def test_after_three_retries_slack_gives_up(http_person: Person, http_bot: HttpBot):
    http_bot.statuses = [500] * 9
    await http_person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await http_bot.until(said, 4)
    await asyncio.sleep(0.15)
    assert [item.retry for item in http_bot.received] == [0, 1, 2, 3]


async def test_a_late_ack_counts_as_none(http_person: Person, http_bot: HttpBot):
    async def slow_once(_kind: str, _payload: dict[str, Any]) -> None:
        if len(http_bot.received) == 1:
            await asyncio.sleep(0.4)

    http_bot.reply = slow_once
    await http_person.say("U0CUSTYF", "C0EXTYF", "壞了")
    items = await http_bot.until(said, 2)
    assert (items[1].retry, items[1].reason) == (1, "http_timeout")


async def test_the_bot_may_decline_retries(http_person: Person, http_bot: HttpBot):
    http_bot.statuses, http_bot.headers = [500], {"X-Slack-No-Retry": "1"}
    await http_person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await asyncio.sleep(0.15)
    assert len(http_bot.received) == 1


@pytest.mark.parametrize(("status", "error"), [(500, "http_service_error"), (404, "http_client_error")])
async def test_a_command_answered_with_an_error_fails(http_person: Person, http_bot: HttpBot, status: int, error: str):
    http_bot.statuses = [status]
    answer = await http_person.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft")
    assert (answer["status"], answer["error"]) == (status, error)
    assert len(http_bot.received) == 1


async def test_the_wrong_secret_is_refused_by_the_bot(start: Start, http_bot: HttpBot):
    workspace = await start(delivery="http", request_url=http_bot.url, signing_secret="other")
    async with aiohttp.ClientSession(workspace.url) as session:
        answer = await Person(session).do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft")
    assert (answer["status"], answer["error"], http_bot.received) == (401, "http_client_error", [])


async def test_an_unacked_envelope_comes_again(person: Person, bot: SocketBot):
    async def silent_once(_kind: str, _payload: dict[str, Any]) -> None:
        if len(bot.received) == 1:
            raise Silence

    bot.reply = silent_once
    await person.say("U0CUSTYF", "C0EXTYF", "壞了", event_id="Ev0SAME")
    first, second = await bot.until(said, 2)
    assert first.payload == second.payload
    assert (first.retry, second.retry, second.reason) == (0, 1, "timeout")


async def test_an_event_waits_for_a_bot_to_connect(workspace: Workspace, person: Person):
    await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    async with connected(workspace) as bot:
        [item] = await bot.until(said)
    assert (item.retry > 0, item.reason) == (True, "connection_failed")


async def test_each_payload_goes_to_one_of_the_connections(workspace: Workspace, person: Person):
    async with connected(workspace) as one, connected(workspace) as other:
        for n in range(6):
            await person.say("U0CUSTYF", "C0EXTYF", f"第{n}則")
        await eventually(lambda: len(one.received) + len(other.received) == 6)
    assert (len(one.received), len(other.received)) == (3, 3)


async def connect(
    workspace: Workspace, session: aiohttp.ClientSession
) -> tuple[aiohttp.ClientWebSocketResponse, dict[str, Any]]:
    url = (await client(workspace).apps_connections_open(app_token=APP_TOKEN))["url"]
    socket = await session.ws_connect(url)
    return socket, await socket.receive_json()


async def test_hello_counts_the_connections_and_the_eleventh_is_turned_away(workspace: Workspace, person: Person):
    async with aiohttp.ClientSession() as session:
        greetings = [await connect(workspace, session) for _ in range(11)]
        assert [frame.get("num_connections") for _, frame in greetings[:10]] == list(range(1, 11))
        assert greetings[10][1] == {"type": "disconnect", "reason": "too_many_websockets"}
        await person.do("disconnect")


async def test_a_ticket_opens_one_connection(workspace: Workspace):
    async with aiohttp.ClientSession() as session:
        url = (await client(workspace).apps_connections_open(app_token=APP_TOKEN))["url"]
        socket = await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)
        await socket.close()


@pytest.mark.parametrize("how", [{}, {"refresh": True}, {"abort": True}])
async def test_a_bot_whose_connection_is_taken_comes_back(person: Person, bot: SocketBot, how: dict[str, bool]):
    before = bot.session
    assert (await person.do("disconnect", **how))["dropped"] == 1
    await eventually(lambda: bot.session not in (None, before))
    await person.say("U0CUSTYF", "C0EXTYF", "還在嗎")
    assert (await bot.event("message"))["text"] == "還在嗎"


async def test_an_event_lost_with_its_connection_comes_again(person: Person, bot: SocketBot):
    bot.reply = silent
    await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await bot.until(said)
    bot.reply = None
    await person.do("disconnect", refresh=True)
    items = await bot.until(said, 2)
    assert items[1].reason == "connection_failed"


async def test_an_event_can_be_redelivered(person: Person, bot: SocketBot):
    await person.say("U0CUSTYF", "C0EXTYF", "壞了", event_id="Ev0AGAIN")
    await bot.until(said)
    answer = await person.do("redeliver", event_id="Ev0AGAIN", reason="http_timeout")
    assert answer["status"] == 200
    items = await bot.until(said, 2)
    assert (items[1].payload["event_id"], items[1].retry, items[1].reason) == ("Ev0AGAIN", 1, "http_timeout")
    assert "event_not_found" in await person.refused("redeliver", event_id="Ev0NONE", reason="x")
