"""The page API: boot, live events, acts, files and assets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Timing, Workspace
from tests.workspace.conftest import Start
from tests.workspace.peers import HttpBot, Person, SocketBot, button, client, connected, modal, section
from tests.workspace.test_workspace_auth import error_of


@pytest.fixture
def page(person: Person) -> Person:
    return Person(person.session, "/page/")


class Stream:
    """The live events of one person."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, kind: str) -> dict[str, Any]:
        """The next event of that kind; others before it are skipped."""
        return await asyncio.wait_for(self._next(kind), 2)

    async def _next(self, kind: str) -> dict[str, Any]:
        async for line in self._response.content:
            if line.startswith(b"data: ") and (event := json.loads(line[6:]))["type"] == kind:
                return dict(event)
        raise AssertionError("the stream ended")

    async def comment(self) -> bytes:
        async for line in self._response.content:
            if line.startswith(b":"):
                return line
        raise AssertionError("the stream ended")


@asynccontextmanager
async def listening(person: Person, user: str) -> AsyncIterator[Stream]:
    async with person.session.get("/page/stream", params={"user": user}) as response:
        assert response.content_type == "text/event-stream"
        stream = Stream(response)
        await stream.next("connection")
        yield stream


async def boot(person: Person, user: str) -> dict[str, Any]:
    return dict(await person.get(f"/page/boot?user={user}"))


async def test_people_to_be_are_offered(page: Person):
    people = await page.get("/page/people")
    assert {person["role"] for person in people} == {"customer", "agent", "supervisor", "engineer", "sales"}
    assert people[7] | {"avatar_color": ""} == {
        "id": "U0CUSTYF", "name": "許文彬", "role": "customer", "team_id": "T_YONGFENG", "team_name": "永豐紡織", "locale": "zh-TW",
        "avatar_color": "",
    }  # fmt: skip


async def test_boot_shows_only_what_the_person_may_see(slack: AsyncWebClient, page: Person):
    await slack.chat_postMessage(channel="C0DESK", text="內部卡片")
    await page.say("U0CUSTYF", "C0EXTYF", "壞了")
    customer, agent = await boot(page, "U0CUSTYF"), await boot(page, "U0AGENTTW")
    assert [channel["id"] for channel in customer["channels"]] == ["C0EXTYF"]
    assert [message["text"] for message in customer["messages"]] == ["壞了"]
    assert (customer["commands"], customer["shortcuts"]) == ([], [])
    assert {message["text"] for message in agent["messages"]} == {"內部卡片", "壞了"}
    assert agent["commands"][0] == {"command": "/draft", "description": "擬回覆", "usage_hint": "[重點]"}
    assert agent["shortcuts"][0] == {"callback_id": "draft_reply", "name": "擬回覆", "type": "message"}
    assert (agent["connected"], agent["story"], agent["home"], agent["views"]) == (False, True, None, [])


async def test_boot_needs_a_person(person: Person):
    async with person.session.get("/page/boot", params={"user": "U0FENCUN"}) as response:
        assert response.status == 400


async def test_messages_come_live_to_those_in_the_channel(slack: AsyncWebClient, page: Person):
    async with listening(page, "U0AGENTTW") as agent, listening(page, "U0CUSTYF") as customer:
        await slack.chat_postMessage(channel="C0DESK", text="內部")
        assert (await agent.next("message"))["message"]["text"] == "內部"
        ts = await page.say("U0AGENTTW", "C0EXTYF", "收到")
        assert (await customer.next("message"))["message"]["text"] == "收到"
        await page.do("edit", user="U0AGENTTW", channel="C0EXTYF", ts=ts, text="收到了")
        assert (await customer.next("message_changed"))["message"]["edited"]["user"] == "U0AGENTTW"
        await page.do("reaction", user="U0CUSTYF", channel="C0EXTYF", ts=ts, name="thumbsup")
        assert (await agent.next("reaction"))["reactions"][0]["users"] == ["U0CUSTYF"]
        await page.do("delete", user="U0AGENTTW", channel="C0EXTYF", ts=ts)
        assert (await customer.next("message_deleted"))["ts"] == ts


async def test_ephemerals_come_live_and_are_gone_on_reload(slack: AsyncWebClient, page: Person):
    async with listening(page, "U0AGENTTW") as agent, listening(page, "U0SUPTW") as other:
        await slack.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="草稿")
        assert (await agent.next("ephemeral"))["message"]["ephemeral"] is True
        await page.say("U0CUSTYF", "C0EXTYF", "壞了")
        assert (await other.next("message"))["message"]["text"] == "壞了"
    assert [message["text"] for message in (await boot(page, "U0AGENTTW"))["messages"]] == ["壞了"]


async def test_a_reply_refreshes_its_parent(page: Person):
    top = await page.say("U0CUSTYF", "C0EXTYF", "壞了")
    async with listening(page, "U0AGENTTW") as agent:
        await page.say("U0CUSTYF", "C0EXTYF", "快點", thread_ts=top)
        assert (await agent.next("message_changed"))["message"]["reply_count"] == 1


async def test_unread_marks_and_mentions(slack: AsyncWebClient, page: Person):
    async with listening(page, "U0SUPTW") as supervisor:
        await page.say("U0AGENTTW", "C0ESC", "請看")
        await page.say("U0AGENTTW", "C0ESC", "<@U0SUPTW> 請看")
        await slack.chat_postMessage(channel="C0ESC", text="x", blocks=[section("<!subteam^S0SUP> 請裁示")])
        for unread, mentions in ((1, 0), (2, 1), (3, 2)):
            assert await supervisor.next("unread") == {
                "type": "unread",
                "channel": "C0ESC",
                "unread": unread,
                "mentions": mentions,
            }
        assert (await boot(page, "U0SUPTW"))["mentions"]["C0ESC"] == 2
        await page.do("read", user="U0SUPTW", channel="C0ESC")
        assert (await supervisor.next("unread"))["unread"] == 0
    assert (await boot(page, "U0AGENTTW"))["unread"]["C0ESC"] == 1


async def test_views_come_live(slack: AsyncWebClient, page: Person, bot: SocketBot):
    async with listening(page, "U0AGENTTW") as agent:
        await page.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft", text="")
        view = (await slack.views_open(trigger_id=(await bot.payload("slash_commands"))["trigger_id"], view=modal()))[
            "view"
        ]
        assert (await agent.next("view_opened"))["view"]["id"] == view["id"]
        assert (await boot(page, "U0AGENTTW"))["views"][0]["id"] == view["id"]
        await slack.views_update(view_id=view["id"], view=modal(section("新"), submit=None, notify_on_close=True))
        assert (await agent.next("view_updated"))["view"]["blocks"][0]["text"]["text"] == "新"
        await page.do("close", user="U0AGENTTW", view_id=view["id"])
        assert await agent.next("view_closed") == {"type": "view_closed", "view_id": view["id"], "all": False}
        await slack.views_publish(user_id="U0AGENTTW", view={"type": "home", "blocks": [section("首頁")]})
        assert (await agent.next("home"))["view"]["type"] == "home"


async def test_the_bot_coming_and_going_is_shown(workspace: Workspace, page: Person):
    async with listening(page, "U0AGENTTW") as agent:
        async with connected(workspace):
            assert (await agent.next("connection"))["connected"] is True
            assert (await boot(page, "U0AGENTTW"))["connected"] is True
        assert (await agent.next("connection"))["connected"] is False


async def test_a_bot_behind_http_is_looked_after(start: Start, http_bot: HttpBot):
    workspace = await start(delivery="http", request_url=http_bot.url, timing=Timing(heartbeat=0.02))
    async with aiohttp.ClientSession(workspace.url) as session:
        assert (await boot(Person(session), "U0AGENTTW"))["connected"] is True
        async with listening(Person(session), "U0AGENTTW") as agent:
            await http_bot.stop()
            assert (await agent.next("connection"))["connected"] is False


async def test_an_idle_stream_has_a_heartbeat(start: Start):
    workspace = await start(timing=Timing(heartbeat=0.02))
    async with aiohttp.ClientSession(workspace.url) as session, listening(Person(session), "U0AGENTTW") as agent:
        assert (await agent.comment()).startswith(b":")


async def test_a_click_on_the_page_reaches_the_bot(slack: AsyncWebClient, page: Person, bot: SocketBot):
    blocks = [{"type": "actions", "block_id": "acts", "elements": [button("use", "42")]}]
    ts = (await slack.chat_postMessage(channel="C0DESK", text="x", blocks=blocks))["ts"]
    await page.do("action", user="U0AGENTTW", channel="C0DESK", ts=ts, action_id="use", block_id="acts", value="42")
    assert (await bot.payload("block_actions"))["actions"][0]["value"] == "42"


async def test_reset_is_told_to_open_pages(page: Person):
    async with listening(page, "U0AGENTTW") as agent:
        await page.do("reset")
        await agent.next("reset")


@pytest.mark.parametrize("on_disk", [True, False])
async def test_a_person_uploads_a_file(start: Start, tmp_path: Path, on_disk: bool):
    workspace = await start(data_dir=tmp_path / "files" if on_disk else None)
    async with connected(workspace) as bot, aiohttp.ClientSession(workspace.url) as session:
        form = aiohttp.FormData({"user": "U0CUSTYF", "channel": "C0EXTYF"}, quote_fields=False)
        form.add_field("file", "客訴".encode(), filename="../客訴.txt")
        async with session.post("/page/upload", data=form) as response:
            assert response.status == 200
        message = (await boot(Person(session), "U0CUSTYF"))["messages"][0]
        [shown] = message["files"]
        assert (shown["name"], shown["size"]) == ("客訴.txt", 6)
        async with session.get(shown["url_private"]) as response:
            assert await response.read() == "客訴".encode()
            assert response.headers["Content-Disposition"].startswith("attachment")
        event = await bot.event("message", "file_share")
        assert event["files"][0]["id"] == shown["id"]


async def test_an_upload_without_a_file_is_refused(page: Person):
    for form in (aiohttp.FormData({"user": "U0CUSTYF"}), aiohttp.MultipartWriter("form-data")):
        async with page.session.post("/page/upload", data=form) as response:
            assert response.status == 400


async def test_the_bot_uploads_files_in_slacks_three_steps(slack: AsyncWebClient, page: Person):
    top = await page.say("U0CUSTYF", "C0EXTYF", "請給我報價")
    uploaded = await slack.files_upload_v2(
        channel="C0EXTYF", thread_ts=top, filename="報價.pdf", content=b"%PDF-", initial_comment="附上報價"
    )
    message = (await boot(page, "U0CUSTYF"))["messages"][1]
    assert (message["text"], message["thread_ts"], message["files"][0]["id"]) == (
        "附上報價",
        top,
        uploaded["file"]["id"],
    )
    assert (await slack.files_info(file=uploaded["file"]["id"]))["file"]["mimetype"] == "application/pdf"


async def test_an_upload_names_what_exists(slack: AsyncWebClient):
    assert await error_of(slack.files_getUploadURLExternal(filename="a", length=0)) == "missing_argument"
    assert await error_of(slack.files_completeUploadExternal(files=[{"id": "F0NONE"}])) == "file_not_found"
    reserved = await slack.files_getUploadURLExternal(filename="a", length=1)
    assert await error_of(slack.files_completeUploadExternal(files=[{"id": reserved["file_id"]}])) == "file_not_found"
    assert await error_of(slack.files_info(file="F0NONE")) == "file_not_found"


async def test_assets_have_their_types_and_a_strict_policy(page: Person):
    for path, content_type in (("/", "text/html"), ("/web/icon.svg", "image/svg+xml")):
        async with page.session.get(path) as response:
            assert (response.status, response.content_type) == (200, content_type)
            assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("path", ["/web/../server.py", "/web/%2e%2e/server.py", "/web/none.js", "/files/F0NONE/x"])
async def test_nothing_else_is_served(page: Person, path: str):
    async with page.session.get(
        page.session._base_url.join(type(page.session._base_url)(path, encoded=True))
    ) as response:
        assert response.status == 404


async def test_two_workspaces_do_not_share_anything(start: Start):
    first, second = await start(), await start()
    await client(first).chat_postMessage(channel="C0DESK", text="x")
    assert (await client(second).conversations_history(channel="C0DESK"))["messages"] == []
