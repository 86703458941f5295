"""A real workspace, a real chromium, and an app made of nothing but slack_sdk."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, async_playwright
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace, WorkspaceConfig

AGENT, SUPERVISOR, CUSTOMER, SALES = "U0AGENTTW", "U0SUPTW", "U0CUSTYF", "U0SALESTW"
WINDOW: ViewportSize = {"width": 1280, "height": 820}
SUPPORT, DESK, ESCALATIONS = "C0EXTYF", "C0DESK", "C0ESC"

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [
            {"command": "/draft", "description": "寫兩份草稿", "usage_hint": "[補充]"},
            {"command": "/desk", "description": "客服席", "usage_hint": "help"},
            {"command": "/escalate", "description": "請主管裁示"},
        ],
        "shortcuts": [{"callback_id": "draft_reply", "name": "擬回覆", "type": "message"}],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "chat:write.customize", "commands", "im:history", "im:write", "users:read"]}
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}

Answer = Callable[[SocketModeRequest], Any]


@dataclass
class FakeApp:
    """Records what reaches it and acks with what ``answers`` says for the type of request, else with nothing."""

    web: AsyncWebClient
    requests: list[SocketModeRequest] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    silent: bool = False

    async def listen(self, client: Any, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.silent:
            return
        answer = self.answers.get(request.type)
        payload = await answer(request) if answer else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    def interactions(self, kind: str) -> list[dict[str, Any]]:
        return [r.payload for r in self.requests if r.payload.get("type") == kind]

    async def say(self, text: str = "", channel: str = SUPPORT, **more: Any) -> str:
        posted = await self.web.chat_postMessage(channel=channel, text=text or "訊息", **more)
        return str(posted["ts"])

    def opens(self, view: dict[str, Any]) -> None:
        """A click or a command opens ``view``."""

        async def open_view(request: SocketModeRequest) -> None:
            await self.web.views_open(trigger_id=request.payload["trigger_id"], view=view)

        self.answers["slash_commands"] = open_view


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("chromium is not installed; apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def workspace() -> AsyncIterator[Workspace]:
    workspace = Workspace(WorkspaceConfig(port=0, control=True, manifest=MANIFEST, rates=None))
    await workspace.start()
    yield workspace
    await workspace.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def app(workspace: Workspace) -> AsyncIterator[FakeApp]:
    web = AsyncWebClient(token="xoxb-fencun-local", base_url=workspace.api_url)
    client = SocketModeClient(app_token="xapp-fencun-local", web_client=web)
    fake = FakeApp(web)
    client.socket_mode_request_listeners.append(fake.listen)
    await client.connect()
    yield fake
    await client.close()


@pytest_asyncio.fixture(loop_scope="session")
async def act(workspace: Workspace) -> AsyncIterator[Callable[..., Any]]:
    """Acts as a person beside the browser: ``await act("message", user=…, channel=…, text=…)``."""
    async with aiohttp.ClientSession() as http:

        async def perform(name: str, **body: Any) -> dict[str, Any]:
            async with http.post(f"{workspace.url}/_control/{name}", json=body) as response:
                assert response.status == 200, await response.text()
                return dict(await response.json())

        yield perform


@dataclass
class Client:
    """One open page, with every error it logged and every request that left its origin."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def hook(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def control(self, action_id: str) -> Locator:
        return self.page.locator(f'[data-action-id="{action_id}"]')

    async def open(self, user: str = AGENT, channel: str = SUPPORT, *, story: bool = False, **query: str) -> Client:
        extra = "".join(f"&{name}={value}" for name, value in query.items())
        await self.page.goto(f"{self.url}/?user={user}&channel={channel}{extra}")
        await self.hook(f"person-{user}").wait_for()
        if not story and await self.hook("story-close").count():
            await self.hook("story-close").click()
        return self


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=WINDOW, locale="zh-TW", timezone_id="Asia/Taipei")
    context.set_default_timeout(6000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def tab(context: BrowserContext) -> Page:
    return await context.new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: Page, workspace: Workspace) -> Page:
    """The tab as if new, and without anything remembered of an earlier workspace at the same address."""
    await tab.goto("about:blank")
    devtools = await tab.context.new_cdp_session(tab)
    await devtools.send("Storage.clearDataForOrigin", {"origin": workspace.url, "storageTypes": "all"})
    await devtools.detach()
    await tab.set_viewport_size(WINDOW)
    await tab.emulate_media(color_scheme="null")
    return tab


@pytest_asyncio.fixture(loop_scope="session")
async def client(page: Page, workspace: Workspace) -> AsyncIterator[Client]:
    """Fails the test whose page logs an error or asks another origin for anything."""
    client = Client(page, workspace.url)
    watched = {
        "pageerror": lambda error: client.faults.append(f"pageerror: {error}"),
        "console": lambda message: client.faults.append(message.text) if "Content Security" in message.text else None,
        "request": lambda request: (
            client.faults.append(request.url) if not request.url.startswith(workspace.url) else None
        ),
    }
    for name, note in watched.items():
        page.on(name, note)
    yield client
    for name, note in watched.items():
        page.remove_listener(name, note)
    assert client.faults == []
