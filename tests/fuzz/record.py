"""Writes ``tests/data/slack/payloads.jsonl``: one payload of every kind, as it is delivered to the bot.

``python -m tests.fuzz.record`` walks through the product as people of the sample and keeps what the workspace sends.
What Slack sends besides stands in ``tests/data/slack/others.jsonl``, written by hand (docs.slack.dev).
"""

from __future__ import annotations

import http.client
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from handlers import names
from tests.fuzz.product import Product, product

PAYLOADS = Path(__file__).parents[1] / "data" / "slack" / "payloads.jsonl"
AGENT, SUPERVISOR, SALES, CUSTOMER, PLACE = "U0AGENTTW", "U0SUPTW", "U0SALESTW", "U0CUSTYF", "C0EXTYF"
FURIOUS = (
    "ERP 又當了,出貨單整批印不出來!<@U0SUPTW> 你就幫忙一下嘛,見 https://erp.example/a?b=1,再不處理我們明年就換別家"
)

Payload = dict[str, Any]


class Relay(ThreadingHTTPServer):
    """Hands every delivery on to the product and keeps the first of each kind."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.kept: dict[str, Payload] = {}
        self.target = 0

    def keep(self, body: bytes) -> None:
        payload = _payload(body)
        self.kept.setdefault(name_of(payload), payload)


class _Passing(BaseHTTPRequestHandler):
    server: Relay

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keep(body)
        line = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=10)
        line.request("POST", self.path, body, dict(self.headers))
        answer = line.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the base's own name


def _payload(body: bytes) -> Payload:
    if body.startswith(b"{"):
        return json.loads(body)
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def name_of(payload: Payload) -> str:
    """What kind of payload it is, by all that the bot tells payloads apart by."""
    event, view = payload.get("event", {}), payload.get("view") or {}
    action = (payload.get("actions") or [{}])[0]
    parts = (
        payload.get("command"),
        payload.get("type"),
        event.get("type"),
        event.get("subtype"),
        payload.get("callback_id"),
        action.get("action_id"),
        view.get("type") if not payload.get("command") else None,
        view.get("callback_id"),
    )
    return " ".join(str(part) for part in parts if part)


@contextmanager
def recorded() -> Iterator[tuple[Product, Relay]]:
    relay = Relay()
    threading.Thread(target=relay.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{relay.server_port}{names.EVENTS_PATH}"
    with tempfile.TemporaryDirectory() as folder, product(Path(folder), relay=address) as running:
        relay.target = running.port
        yield running, relay
    relay.shutdown()
    relay.server_close()


def walk(running: Product) -> None:
    """People of the sample do everything there is to do once."""
    act = running.control
    ts = act("message", user=CUSTOMER, channel=PLACE, text=FURIOUS)["ts"]
    card = _wait(running, lambda m: m["channel"] == "C0DESK")
    act("edit", user=CUSTOMER, channel=PLACE, ts=ts, text=FURIOUS + "!!")
    other = act("message", user=CUSTOMER, channel=PLACE, text="打錯了")["ts"]
    act("delete", user=CUSTOMER, channel=PLACE, ts=other)
    act("message", user=AGENT, channel=PLACE, text="我先看一下", thread_ts=ts)
    act("reaction", user=AGENT, channel=PLACE, ts=ts, name="eyes")
    for command in (names.DRAFT_COMMAND, names.DESK_COMMAND):
        act("command", user=AGENT, channel=PLACE, command=command, text="help")
    act("shortcut", user=AGENT, channel=PLACE, ts=ts, callback_id=names.DRAFT_SHORTCUT)
    _click_everything(running, card, AGENT)
    act("command", user=AGENT, channel=PLACE, command=names.ESCALATE_COMMAND, text="客戶要免費")
    _click_everything(running, _wait(running, lambda m: m["channel"] == "C0ESC" and m["blocks"]), SUPERVISOR)
    for message in list(act("state")["messages"]):
        _click_everything(running, message, message["visible_to"] or AGENT)
    for user in (AGENT, SUPERVISOR, SALES, CUSTOMER):
        act("home", user=user)
    for view in list(act("state")["views"]):
        if view["type"] == "home":
            for action_id in _actions(view["view"]["blocks"]):
                _try(running, "action", user=view["user"], view_id=view["id"], action_id=action_id)
    act("share", channel="C0GENERAL", shared=True)
    act("invite", channel="C0GENERAL")
    act("kick", channel="C0GENERAL")
    act("group", group="S0AGENTS", users=[AGENT])
    act("user", user="U0ENG", name="吳柏翰")
    act("archive", channel="C0EXTCX")


def _click_everything(running: Product, message: Payload, user: str) -> None:
    for action_id in _actions(message.get("blocks") or []):
        _try(running, "action", user=user, channel=message["channel"], ts=message["ts"], action_id=action_id)
        time.sleep(0.3)
        for view in running.control("state")["views"]:
            if view["user"] == user and view["type"] == "modal":
                _try(running, "submit", user=user, view_id=view["id"], values={})
                _try(running, "close", user=user, view_id=view["id"])


def _try(running: Product, act: str, **body: Any) -> None:
    """Not everything that shows can be done by everybody; what can be delivered is recorded all the same."""
    running.control(act, **body)


def _actions(blocks: list[Payload]) -> list[str]:
    elements = [e for b in blocks for e in [*b.get("elements", []), b.get("accessory") or {}]]
    return list(dict.fromkeys(e["action_id"] for e in elements if e.get("action_id")))


def _wait(running: Product, where: Callable[[Payload], Any]) -> Payload:
    for _ in range(100):
        for message in running.control("state")["messages"]:
            if where(message):
                return message
        time.sleep(0.1)
    raise AssertionError("nothing came")


def main() -> None:
    with recorded() as (running, relay):
        walk(running)
        time.sleep(1)
    lines = [json.dumps(relay.kept[name], ensure_ascii=False) for name in sorted(relay.kept)]
    PAYLOADS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
