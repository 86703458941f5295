"""Doing something as anybody: as the workspace delivers it where the person can do it, else by a forged payload.

Forged payloads are signed, as if Slack's own checks had failed; what the product itself refuses is what counts.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from handlers.names import EVENTS_PATH
from tests.scenarios.desk import Desk, strings

SECRET = "fencun-local-signing-secret"
HOME_TEAM, OTHER_TEAM = "T_HOME", "T_LANHAI"
_FORM = "application/x-www-form-urlencoded"
_numbers = itertools.count(1)

Json = dict[str, Any]


@dataclass(frozen=True)
class Actor:
    """``member`` where the workspace knows them, so that they can act through it."""

    name: str
    user: str
    team: str = HOME_TEAM
    bot: str = ""
    member: bool = True


@dataclass
class Seen:
    """What one actor, and everybody, could see at a moment."""

    private: dict[str, set[str]] = field(default_factory=dict)
    public: dict[str, str] = field(default_factory=dict)

    def news(self, before: Seen, user: str) -> set[str]:
        return self.private.get(user, set()) - before.private.get(user, set())

    def changed(self, before: Seen) -> set[str]:
        return {text for key, text in self.public.items() if before.public.get(key) != text}


async def look(desk: Desk, *, homes: bool = True) -> Seen:
    """Private are whispers, direct messages and forms, by who sees them; public is everything else of the bot's."""
    state, seen = await desk.get("state"), Seen()
    for message in state["messages"]:
        shown = " ".join([message["text"] or "", *strings(message["blocks"] or [])])
        key = f"{message['channel']}/{message['ts']}"
        reader = message["visible_to"] or (f"U{message['channel'][1:]}" if message["channel"].startswith("D") else None)
        if message["user"] != "U0FENCUN" or message["deleted"]:
            continue
        if reader:
            seen.private.setdefault(reader, set()).add(f"{key} {shown}")
        else:
            seen.public[key] = shown
    for view in state["views"]:
        if view["type"] == "home" and not homes:
            continue
        shown = " ".join(strings(view["view"]))
        seen.private.setdefault(view["user"], set()).add(f"{view['id']} {shown}")
    return seen


async def forge(desk: Desk, body: Json, *, command: bool = False) -> tuple[int, str]:
    """Status and body of the product's answer to a payload that claims to be Slack's."""
    event = body.get("type") == "event_callback"
    fields = body if command else {"payload": json.dumps(body)}
    raw = json.dumps(body).encode() if event else urlencode(fields).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json" if event else _FORM,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    async with desk.session.post(f"http://127.0.0.1:{desk.port + 1}{EVENTS_PATH}", data=raw, headers=headers) as answer:
        return answer.status, await answer.text()


def command(actor: Actor, name: str, text: str, channel: str) -> Json:
    return {
        "command": name,
        "text": text,
        "team_id": actor.team,
        "user_id": actor.user,
        "channel_id": channel,
        "trigger_id": f"forged.{next(_numbers)}",
        "response_url": "",
    }


def shortcut(actor: Actor, name: str, message: Json, channel: str) -> Json:
    return _interaction("message_action", actor) | {
        "callback_id": name,
        "channel": {"id": channel},
        "message": {"ts": message["ts"], "text": message["text"]},
    }


def click(actor: Actor, element: Json, block_id: str, message: Json, channel: str) -> Json:
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
    return _interaction("block_actions", actor) | {
        "container": container,
        "channel": {"id": channel},
        "actions": [_chosen(element) | {"action_id": element["action_id"], "block_id": block_id}],
    }


def submission(actor: Actor, view: Json) -> Json:
    values = {
        block["block_id"]: {block["element"]["action_id"]: _filled(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return _interaction("view_submission", actor) | {"view": {**view, "state": {"values": values}}}


def message(actor: Actor, text: str, channel: str, thread_ts: str | None = None) -> Json:
    number = next(_numbers)
    event: Json = {
        "type": "message",
        "user": actor.user,
        "user_team": actor.team,
        "text": text,
        "channel": channel,
        "ts": f"{time.time():.6f}",
    }
    if thread_ts:
        event["thread_ts"] = thread_ts
    if actor.bot:
        event |= {"subtype": "bot_message", "bot_id": actor.bot}
    return {"type": "event_callback", "event_id": f"EvFORGED{number}", "team_id": HOME_TEAM, "event": event}


def opened_home(actor: Actor) -> Json:
    event = {"type": "app_home_opened", "user": actor.user, "channel": "D1", "tab": "home"}
    return {"type": "event_callback", "event_id": f"EvFORGED{next(_numbers)}", "team_id": HOME_TEAM, "event": event}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, str]]:
    """Everything that can be clicked, with the id of its block."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id"):
                yield element, block.get("block_id", "")


def _interaction(kind: str, actor: Actor) -> Json:
    return {
        "type": kind,
        "team": {"id": HOME_TEAM},
        "user": {"id": actor.user, "team_id": actor.team},
        "trigger_id": f"forged.{next(_numbers)}",
        "response_url": "",
    }


def _chosen(element: Json) -> Json:
    kind = element["type"]
    if element.get("options"):
        return {"type": kind, "selected_option": element["options"][0]}
    return {"type": kind, "value": element.get("value", "")}


def _filled(element: Json) -> Json:
    kind = element["type"]
    if kind == "checkboxes":
        return {"type": kind, "selected_options": element["options"][:1]}
    if element.get("options"):
        return {"type": kind, "selected_option": element.get("initial_option") or element["options"][0]}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date") or "2030-01-02"}
    return {"type": kind, "value": element.get("initial_value") or FILL.get(element["action_id"], "這次先這樣處理")}


FILL = {
    "links": "https://shots.example/1.png",
    "hours": "0.5",
    "cost": "1500",
    "share": "80",
    "offer": "1500",
    "amount": "1500",
}
