"""What Slack would send: messages at a steady rate, with commands, homes and escalations mixed in.

Every request goes to the product and, at the same moment, to a bare Bolt app.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from handlers import names
from tests.load import company
from tests.load.peer import Peer

SECRET = "load-signing-secret"
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
OF_A_HUNDRED = {"draft": 8, "home": 3, "status": 1, "escalate": 2}
"""So many of each for a hundred messages."""


@dataclass
class Measured:
    """Milliseconds per acknowledgement by what was sent, and answers that were not 200."""

    acks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: list[str] = field(default_factory=list)


class Traffic:
    """``said`` maps the number of a message to when it was sent, ``place`` to its channel."""

    def __init__(self, session: aiohttp.ClientSession, peer: Peer, places: Sequence[str], ours: str, bare: str) -> None:
        self._session = session
        self._places = places
        self._targets = {"ours": ours, "bare": bare}
        self.measured = {"ours": Measured(), "bare": Measured()}
        self.said: dict[int, float] = {}
        self.place: dict[int, str] = {}
        self.decided = 0
        self._under_way: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)
        self._forms: dict[str, str] = {}
        self._random = random.Random(1)
        self._words = company.messages()
        self._begun = int(time.time())
        peer.on_form, peer.on_root = self._fill, self._decide

    async def run(self, rate: float, count: int) -> None:
        """``rate`` messages a second, each at its moment, however long the answers take; the places take turns."""
        begun = time.monotonic()
        extras = [kind for kind, share in OF_A_HUNDRED.items() for _ in range(share)]
        for number in range(count):
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            self._say(self._places[number % len(self._places)])
            slot = self._random.randrange(100)
            if slot < len(extras):
                self._do(extras[slot])
        await self.rest()

    async def rest(self) -> None:
        while self._under_way:
            await asyncio.gather(*self._under_way)

    def _say(self, channel: str) -> None:
        number = next(self._numbers)
        text = f"{self._random.choice(self._words)} 系統又登不進去了 [{number}]"
        self.place[number] = channel
        self.said[number] = time.monotonic()
        self._event(channel, company.customer_of(channel), company.team_of(channel), text, number)

    def _do(self, kind: str) -> None:
        channel = self._random.choice(list(self.place.values()))
        agent, number = company.agent_of(channel), next(self._numbers)
        if kind == "home":
            event = {"type": "app_home_opened", "user": agent, "channel": "D1", "tab": "home"}
            self._send("home", json.dumps(_envelope(event, number)).encode(), _JSON)
            return
        command, text = {
            "draft": (names.DRAFT_COMMAND, ""),
            "status": (names.DESK_COMMAND, "status"),
            "escalate": (names.ESCALATE_COMMAND, "客戶要求免費處理"),
        }[kind]
        trigger = f"{number}.{channel}"
        self._forms[trigger] = agent
        fields = {
            "command": command,
            "text": text,
            "team_id": company.HOME,
            "user_id": agent,
            "channel_id": channel,
            "trigger_id": trigger,
            "response_url": "",
        }
        self._send(kind, urlencode(fields).encode(), _FORM)

    def _fill(self, trigger: str, view: dict[str, Any]) -> None:
        """The agent fills in whatever is asked and submits."""
        values = {b["block_id"]: {b["element"]["action_id"]: _filled(b["element"])} for b in _inputs(view)}
        payload = {
            "type": "view_submission",
            "team": {"id": company.HOME},
            "user": {"id": self._forms.pop(trigger, company.AGENTS[0]), "team_id": company.HOME},
            "trigger_id": f"s{trigger}",
            "view": {**view, "id": "V1", "state": {"values": values}},
        }
        self._send("form", urlencode({"payload": json.dumps(payload)}).encode(), _FORM)

    def _decide(self, root: str) -> None:
        """A supervisor answers in the thread."""
        self.decided += 1
        number = next(self._numbers)
        supervisor = company.SUPERVISORS[number % len(company.SUPERVISORS)]
        words = ("可以,這次免費", "不行,請先續約", "可以,但要收一半")[number % 3]
        self._event(company.ESCALATIONS, supervisor, company.HOME, words, number, thread_ts=root)

    def _event(self, channel: str, user: str, team: str, text: str, number: int, **more: str) -> None:
        event = {
            "type": "message",
            "channel": channel,
            "user": user,
            "user_team": team,
            "text": text,
            "ts": f"{self._begun + number // 1000}.{number % 1000:03}000",
            **more,
        }
        self._send("message", json.dumps(_envelope(event, number)).encode(), _JSON)

    def _send(self, kind: str, body: bytes, content_type: str) -> None:
        for target, url in self._targets.items():
            task = asyncio.create_task(self._post(target, url, kind, body, content_type))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _post(self, target: str, url: str, kind: str, body: bytes, content_type: str) -> None:
        measured, begun = self.measured[target], time.monotonic()
        try:
            async with self._session.post(url, data=body, headers=_signed(body, content_type)) as answer:
                await answer.read()
                if answer.status != 200:
                    measured.refused.append(f"{kind}: {answer.status}")
        except (TimeoutError, aiohttp.ClientError) as error:
            measured.refused.append(f"{kind}: {error!r}")
        measured.acks[kind].append((time.monotonic() - begun) * 1000)


def _envelope(event: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "team_id": company.HOME,
        "event": event,
        "authorizations": [{"team_id": company.HOME, "user_id": company.BOT_USER, "is_bot": True}],
    }


def _signed(body: bytes, content_type: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input" and not block.get("optional")]


def _filled(element: dict[str, Any]) -> dict[str, Any]:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": element.get("initial_value") or "客戶要求這次免費處理"}
    chosen = element.get("initial_option") or element["options"][0]
    key = "selected_options" if element["type"] == "checkboxes" else "selected_option"
    return {"type": element["type"], key: [chosen] if key == "selected_options" else chosen}
