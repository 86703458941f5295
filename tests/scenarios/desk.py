"""Drives the whole product from outside: ``fencun demo --control`` as a process, the control API as the people."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.scenarios import forked
from tests.scenarios.privacy import leaks, strings

ROOT = Path(__file__).parents[2]

AGENT = "U0AGENTTW"
SUPERVISOR = "U0SUPTW"
SALES = "U0SALESTW"
ENGINEER = "U0ENG"
CUSTOMER = "U0CUSTYF"
CUSTOMERS = "C0EXTYF"
DESK = "C0DESK"
ESCALATION = "C0ESC"

Message = dict[str, Any]
Process = forked.Forked | asyncio.subprocess.Process


def free_ports() -> int:
    """A port whose successor is free too: the demo takes both.

    Below those that the system gives to connections, or one of them might take a port between this and the start.
    """
    while True:
        port = secrets.choice(range(12_000, 32_000, 2))
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@dataclass
class Desk:
    """A running demo."""

    port: int
    process: Process
    session: aiohttp.ClientSession
    log: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    async def start(cls, log: Path, *, transport: str = "socket", env: dict[str, str] | None = None) -> Desk:
        port = free_ports()
        arguments = ["demo", "--control", "--fresh", "--port", str(port), "--transport", transport]
        process = await forked.start(
            arguments, env={**os.environ, "FENCUN_LOG__FORMAT": "json", **(env or {})}, log=log, seconds=60
        )
        assert b"http://" in process.first_line, _last_words(log)
        return cls(port, process, aiohttp.ClientSession(), log)

    async def stop(self) -> int:
        """Ends it. Whatever a test did, no outsider may have seen a word of ours."""
        leaked = await self._leaks()
        await self.session.close()
        if self.process.returncode is None:
            self.process.terminate()
        code = await asyncio.wait_for(self.process.wait(), 30)
        assert not leaked, "\n".join(leaked)
        return code

    async def _leaks(self) -> list[str]:
        """Nothing can be asked of a demo that has ended."""
        try:
            return leaks(await self.get("state"))
        except (aiohttp.ClientError, RuntimeError):
            return []

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        if path == "reset":
            assert not (leaked := await self._leaks()), "\n".join(leaked)
        async with self.session.post(f"{self.url}/_control/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, (path, body, answer)
            return answer

    async def reset(self) -> None:
        """Back to the sample, once the bot is done with what was; it hears of the end of that before this returns."""
        await self.quiet()
        await self.post("reset")
        await self.quiet()

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/_control/{path}") as response:
            return await response.json()

    async def say(self, text: str, *, user: str = CUSTOMER, channel: str = CUSTOMERS, **more: Any) -> str:
        ts: str = (await self.post("message", user=user, channel=channel, text=text, **more))["ts"]
        return ts

    async def command(
        self, command: str, text: str = "", *, user: str = AGENT, channel: str = CUSTOMERS
    ) -> dict[str, Any]:
        return await self.post("command", user=user, channel=channel, command=command, text=text)

    async def click(self, message: Message, action_id: str, *, user: str = AGENT, **more: Any) -> dict[str, Any]:
        return await self.post(
            "action", user=user, channel=message["channel"], ts=message["ts"], action_id=action_id, **more
        )

    async def submit(self, view: dict[str, Any], values: dict[str, Any], *, user: str = AGENT) -> dict[str, Any]:
        return await self.post("submit", user=user, view_id=view["id"], values=values)

    async def escalate(
        self,
        card: Message | None = None,
        *,
        reason: str = "",
        user: str = AGENT,
        channel: str = CUSTOMERS,
        **fields: str,
    ) -> Message:
        """Asks the supervisors, by the card's button or by ``/escalate reason``; the root of the new thread.

        ``fields`` go into the form by their names; what it suggests stays otherwise.
        """
        known = {m["ts"] for m in await self.messages(in_channel(ESCALATION))}
        if card is None:
            await self.command("/escalate", reason, user=user, channel=channel)
        else:
            await self.click(card, "case_escalate", user=user)
        answer = await self.submit(
            await self.view(user), {name: {name: value} for name, value in fields.items()}, user=user
        )
        assert "errors" not in answer, answer
        return await self.one(
            lambda m: in_channel(ESCALATION)(m) and m["ts"] not in known and has_action("escalation_approve")(m)
        )

    async def quiet(self, seconds: float = 20) -> None:
        """Waits until the bot has nothing to do: all it was told is acked and worked through.

        What it is to do later, such as the end of the time for second thoughts, is not waited for.
        """
        until = time.monotonic() + seconds
        before = None
        while (now := await self._work()) != before or now["fencun_under_way"]:
            assert time.monotonic() < until, f"still at work after {seconds} s: {now}"
            await self.post("settle")  # whatever was on its way is with the bot now, and counts there
            before = now
            await asyncio.sleep(0.02)

    async def _work(self) -> dict[str, float]:
        """How much the bot is at, and how much it ever was given."""
        async with self.session.get(f"http://127.0.0.1:{self.port + 1}/metrics") as response:
            lines = (await response.text()).splitlines()
        counted = ("fencun_under_way", "fencun_events_total", "fencun_listener_seconds_count")
        return {name: float(n) for name, n in (line.rsplit(" ", 1) for line in lines) if name.startswith(counted)}

    async def messages(self, where: Callable[[Message], bool] = lambda _: True) -> list[Message]:
        return [m for m in (await self.get("state"))["messages"] if not m.get("deleted") and where(m)]

    async def all(self, where: Callable[[Message], bool] = lambda _: True) -> list[Message]:
        """The messages for which ``where`` holds, and there will be no more: the bot has nothing to do."""
        await self.quiet()
        return await self.messages(where)

    async def view(self, user: str = AGENT, seconds: float = 5) -> dict[str, Any]:
        """The modal that ``user`` has open, waited for."""

        async def opened() -> dict[str, Any] | None:
            views = [v for v in (await self.get("state"))["views"] if v["user"] == user and v["type"] == "modal"]
            return views[-1] if views else None

        return await eventually(opened, seconds)

    async def one(self, where: Callable[[Message], bool], seconds: float = 10) -> Message:
        """The first message for which ``where`` holds, waited for."""

        async def found() -> Message | None:
            return next(iter(await self.messages(where)), None)

        return await eventually(found, seconds)


def _last_words(log: Path) -> str:
    return log.read_text()[-3000:]


async def eventually(ask: Callable[[], Any], seconds: float) -> Any:
    """What ``ask`` answers once it is truthy."""
    until = time.monotonic() + seconds
    while True:
        answer = await ask()
        if answer:
            return answer
        assert time.monotonic() < until, f"nothing within {seconds} s"
        await asyncio.sleep(0.05)


def text_of(message: Message) -> str:
    """Everything a person reads in a message."""
    return " ".join([message.get("text") or "", *strings(message.get("blocks") or [])])


def in_channel(channel: str) -> Callable[[Message], bool]:
    return lambda m: m["channel"] == channel and m["visible_to"] is None


def whispered(user: str) -> Callable[[Message], bool]:
    return lambda m: m["visible_to"] == user


def has_action(action_id: str) -> Callable[[Message], bool]:
    return lambda m: any(action_id in str(block) for block in m.get("blocks") or [])
