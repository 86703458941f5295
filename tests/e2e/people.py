"""The page in a real browser, seen by whoever one says.

With ``FENCUN_SCREENS=docs/screens`` each picture is left there (``make screens``).
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Locator, Page

from tests.scenarios.desk import AGENT, Desk


class People:
    """The page, seen by whoever ``be`` says."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self._page = page
        self._desk = desk

    async def be(self, user: str, channel: str) -> None:
        await self._page.goto(f"{self._desk.url}/?user={user}&channel={channel}")
        await self._page.get_by_test_id(f"person-{user}").wait_for()
        if await self._page.get_by_test_id("story-close").count():
            await self._page.get_by_test_id("story-close").click()

    async def write(self, text: str, box: str = "composer") -> None:
        await self._page.get_by_test_id(box).fill(text)
        await self._page.get_by_test_id(box).press("Enter")

    def hook(self, name: str) -> Locator:
        return self._page.get_by_test_id(name)

    def control(self, action_id: str) -> Locator:
        return self._page.locator(f'[data-action-id="{action_id}"]')

    def words(self, text: str) -> Locator:
        return self._page.get_by_text(text).first

    async def choose(self, action_id: str, value: str) -> None:
        await self.control(action_id).select_option(value)

    async def direct_channel(self, user: str = AGENT) -> str:
        """The id of the conversation between the bot and ``user``."""
        channels = (await self._desk.get("state"))["channels"]
        return str(next(c["id"] for c in channels if c["is_im"] and user in c["members"]))

    async def picture(self, name: str) -> None:
        folder = os.environ.get("FENCUN_SCREENS")
        if folder:
            await self._page.wait_for_timeout(400)  # transitions
            await self._page.screenshot(path=Path(folder) / f"{name}.png")
