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
from bot.ports import Spot
from handlers.shapes import ident, listing, mapping, stamp, words

Body = Mapping[str, Any]

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_MARKUP = re.compile(r"<([@#!]?[^<>\s][^<>]*)>")

SPOKEN = frozenset({"file_share", "thread_broadcast", "me_message"})
"""Message subtypes that are somebody's words; the others are notices of the platform."""

HEARD_EVENTS = frozenset({"message"})


def is_heard(body: Body) -> bool:
    """Whether an event is one that the product keeps and works through."""
    return words(mapping(body.get("event")).get("type")) in HEARD_EVENTS and bool(ident(body.get("event_id")))


def parse_heard(body: Body, *, zone: ZoneInfo) -> Heard | None:
    """The message in an ``event_callback``, or None where nobody said anything."""
    event = mapping(body.get("event"))
    channel, subtype = ident(event.get("channel")), event.get("subtype")
    if not channel:
        return None
    if subtype == "message_changed":
        return _said(mapping(event.get("message")), channel, zone, HeardKind.EDITED)
    if subtype == "message_deleted":
        ts = stamp(event.get("deleted_ts"))
        return Heard(HeardKind.DELETED, channel, ts, _at(ts, zone)) if ts else None
    if subtype is None or (isinstance(subtype, str) and (subtype in SPOKEN or subtype == "bot_message")):
        return _said(event, channel, zone, HeardKind.SAID)
    return None


def _said(message: Mapping[str, Any], channel: str, zone: ZoneInfo, kind: HeardKind) -> Heard | None:
    ts, user, relayed_by = stamp(message.get("ts")), ident(message.get("user")), _integration(message)
    if not (ts and (user or relayed_by)):
        return None
    thread_ts = stamp(message.get("thread_ts"))
    teams = (ident(message.get(key)) for key in ("user_team", "source_team", "team"))
    text = words(message.get("text"))
    return Heard(
        kind=kind,
        channel=channel,
        ts=ts,
        at=_at(ts, zone),
        user=user,
        text=readable(_PERSON.sub(r"@\1", text)),
        mentions=tuple(dict.fromkeys(_PERSON.findall(text))),
        thread_ts=thread_ts if thread_ts and thread_ts != ts else None,
        team=next(filter(None, teams), ""),
        relayed_by=relayed_by,
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
    return frozenset(filter(None, (ident(message.get(key)) for key in ("bot_id", "app_id", "user"))))


def _at(ts: str, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(float(ts), zone)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, and with what right to open a form. ``channel`` is empty for forms."""

    user: str
    channel: str
    trigger_id: str
    thread_ts: str | None = None
    address: str = ""

    @property
    def spot(self) -> Spot:
        return Spot(self.channel, self.thread_ts, self.address)


def actor_of(body: Body) -> Actor:
    """From a command, a shortcut, an action or a view, whichever ``body`` is."""
    user = ident(body.get("user_id")) or ident(mapping(body.get("user")).get("id"))
    channel = ident(body.get("channel_id")) or ident(mapping(body.get("channel")).get("id"))
    container = ident(mapping(body.get("container")).get("channel_id"))
    return Actor(user, channel or container, words(body.get("trigger_id")), _thread(body) or None, _own_address(body))


def _thread(body: Body) -> str:
    """The thread acted in. Slack shows nothing private in a thread that nobody has written in yet, so the mere ts
    of a message is none (docs.slack.dev, chat.postEphemeral).
    """
    acted_on = mapping(body.get("container")) or mapping(body.get("message"))
    return stamp(acted_on.get("thread_ts"))


def _own_address(body: Body) -> str:
    """Where a private message can be replaced by the answer to a click in it; any other click has no such place."""
    private = mapping(body.get("container")).get("is_ephemeral") is True
    return words(body.get("response_url")) if private else ""


def first_action(body: Body) -> tuple[str, str]:
    """The action id and the value of what was clicked or chosen."""
    actions = listing(body.get("actions"))
    action = mapping(actions[0]) if actions else {}
    return words(action.get("action_id")), _value(action)


def inputs_of(body: Body) -> dict[str, str]:
    """The values of a submitted form by block id; empty inputs are left out."""
    blocks = mapping(mapping(mapping(body.get("view")).get("state")).get("values"))
    found = {
        block_id: value
        for block_id, elements in blocks.items()
        for element in mapping(elements).values()
        if (value := _value(mapping(element)))
    }
    return {words(block_id): value for block_id, value in found.items()}


def first_field(view: Mapping[str, Any]) -> str:
    """The block id of the first input of a form, where an answer about the whole of it can stand; or empty."""
    inputs = (block for block in map(mapping, listing(view.get("blocks"))) if block.get("type") == "input")
    return words(next(inputs, {}).get("block_id"))


def _value(element: Mapping[str, Any]) -> str:
    """What was typed or chosen; several choices with commas between."""
    chosen = [words(mapping(option).get("value")) for option in listing(element.get("selected_options"))]
    one = words(mapping(element.get("selected_option")).get("value"))
    return ",".join(filter(None, chosen)) or words(element.get("value")) or one
