"""A browser over the running product."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import async_playwright, expect

from tests.e2e.people import People
from tests.scenarios.desk import Desk

expect.set_options(timeout=15_000)  # a busy machine draws slowly


@pytest.fixture
async def people(socket_desk: Desk) -> AsyncIterator[People]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "chromium is not installed: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1360, "height": 860}, locale="zh-TW")
        page.set_default_timeout(15_000)
        yield People(page, socket_desk)
        await browser.close()
