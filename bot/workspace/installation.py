"""What the manifest grants: commands, shortcuts, events and scopes. Nothing else exists for the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# The scope without which Slack does not deliver an event, subscribed or not (docs.slack.dev/reference/events).
EVENT_SCOPES = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
    "subteam_updated": ("usergroups:read",),
    "user_change": ("users:read",),
}


@dataclass(frozen=True)
class Command:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    callback_id: str
    name: str
    type: str


@dataclass(frozen=True)
class Installation:
    commands: dict[str, Command]
    shortcuts: dict[str, Shortcut]
    events: frozenset[str]
    scopes: frozenset[str]

    @classmethod
    def from_manifest(cls, manifest: dict[str, Any]) -> Installation:
        features = manifest.get("features", {})
        commands = [_command(item) for item in features.get("slash_commands", [])]
        shortcuts = [Shortcut(s["callback_id"], s["name"], s["type"]) for s in features.get("shortcuts", [])]
        events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
        return cls(
            {command.command: command for command in commands},
            {shortcut.callback_id: shortcut for shortcut in shortcuts},
            frozenset(events),
            frozenset(scopes),
        )

    def receives(self, event: str) -> bool:
        """Whether the app is sent events of this name: subscribed, and one of the scopes it needs granted."""
        needed = EVENT_SCOPES.get(event, ())
        return event in self.events and (not needed or any(scope in self.scopes for scope in needed))


def _command(item: dict[str, Any]) -> Command:
    return Command(
        item["command"], item.get("description", ""), item.get("usage_hint", ""), bool(item.get("should_escape", False))
    )
