"""Reads the people and places of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.workspace.model import Channel, Group, Person, Team

_FILE = Path(__file__).with_name("sample.yaml")
_FOUNDED = 1_767_225_600  # 2026-01-01T00:00:00Z; the sample never changes, so its dates need not


@dataclass(frozen=True)
class AppIdentity:
    """The installed app: its bot user, bot and app id."""

    user_id: str
    bot_id: str
    app_id: str
    name: str


@dataclass(frozen=True)
class Sample:
    home: Team
    app: AppIdentity
    teams: list[Team]
    people: list[Person]
    groups: list[Group]
    channels: list[Channel]


def load_sample(path: Path = _FILE) -> Sample:
    """Fresh objects on every call: state is changed in place."""
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    teams = [Team(**team) for team in raw["teams"]]
    app = AppIdentity(**raw["app"])
    people = [Person(updated=_FOUNDED, **person) for person in raw["people"]]
    bot = Person(app.user_id, app.name, teams[0].id, "bot", is_bot=True, avatar_color="#1d6f5c", updated=_FOUNDED)
    groups = [Group(updated=_FOUNDED, **group) for group in raw["groups"]]
    channels = [Channel(created=_FOUNDED, **channel) for channel in raw["channels"]]
    return Sample(teams[0], app, teams, [*people, bot, _slackbot(teams[0])], groups, channels)


def _slackbot(home: Team) -> Person:
    return Person("USLACKBOT", "Slackbot", home.id, "bot", is_bot=True, avatar_color="#4a154b", updated=_FOUNDED)
