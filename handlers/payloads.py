"""Slack's payloads, reduced to what the product needs. Facts about their shape: docs.slack.dev."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.desk import Heard, HeardKind

Body = Mapping[str, Any]

_MARKUP = re.compile(r"<([@#!]?[^<>\s][^<>]*)>")

SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Message subtypes that are somebody's words; the others are notices of the platform."""

HEARD_EVENTS = frozenset({"message"})


def is_heard(body: Body) -> bool:
    """Whether an event is one that the product keeps and works through."""
    return body.get("event", {}).get("type") in HEARD_EVENTS


def parse_heard(body: Body, *, zone: ZoneInfo) -> Heard | None:
    """The message in an ``event_callback``, or None where nobody said anything."""
    event = body.get("event", {})
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return _said(event["message"], event["channel"], zone, HeardKind.EDITED)
    if subtype == "message_deleted":
        ts = event["deleted_ts"]
        return Heard(HeardKind.DELETED, event["channel"], ts, _at(ts, zone))
    if subtype in SPOKEN or subtype == "bot_message":
        return _said(event, event["channel"], zone, HeardKind.SAID)
    return None


def _said(message: Mapping[str, Any], channel: str, zone: ZoneInfo, kind: HeardKind) -> Heard:
    ts = message["ts"]
    thread_ts = message.get("thread_ts")
    return Heard(
        kind=kind,
        channel=channel,
        ts=ts,
        at=_at(ts, zone),
        user=message.get("user") or "",
        text=readable(message.get("text") or ""),
        thread_ts=thread_ts if thread_ts != ts else None,
        team=message.get("user_team") or message.get("source_team") or message.get("team") or "",
        relayed_by=_integration(message),
    )


def readable(text: str) -> str:
    """What a person sees of Slack's text: links by their label, mentions by a bare ``@``, entities as characters."""
    return html.unescape(_MARKUP.sub(_shown, text))


def _shown(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target.startswith(("@", "!")):
        return label if label.startswith("@") else f"@{label}"
    return f"#{label}" if target.startswith("#") else label or target


def _integration(message: Mapping[str, Any]) -> frozenset[str]:
    """An integration has a bot id and, where it is an app, an app id and a user of its own."""
    if not message.get("bot_id"):
        return frozenset()
    return frozenset(message[key] for key in ("bot_id", "app_id", "user") if message.get(key))


def _at(ts: str, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(float(ts), zone)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, and with what right to open a form. ``channel`` is empty for forms."""

    user: str
    channel: str
    trigger_id: str


def actor_of(body: Body) -> Actor:
    """From a command, a shortcut, an action or a view, whichever ``body`` is."""
    user = body.get("user_id") or body.get("user", {}).get("id", "")
    channel = body.get("channel_id") or body.get("channel", {}).get("id", "")
    return Actor(user, channel or body.get("container", {}).get("channel_id", ""), body.get("trigger_id", ""))


def first_action(body: Body) -> tuple[str, str]:
    """The action id and the value of what was clicked or chosen."""
    action = body["actions"][0]
    return action["action_id"], action.get("value") or (action.get("selected_option") or {}).get("value", "")


def inputs_of(body: Body) -> dict[str, str]:
    """The values of a submitted form by block id; empty inputs are left out."""
    found: dict[str, str] = {}
    for block_id, elements in body["view"]["state"]["values"].items():
        for element in elements.values():
            value = element.get("value") or (element.get("selected_option") or {}).get("value")
            chosen = element.get("selected_options")
            if chosen:
                value = ",".join(option["value"] for option in chosen)
            if value:
                found[block_id] = value
    return found
