"""What customers and other outsiders can see in a workspace, and whether any of it is ours."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
OURS = (
    "ask", "bypass", "button", "card", "case", "closed", "difficulty", "draft", "escalation", "form", "hint", "history", "hold",
    "intent", "later", "letter", "missing", "nudge", "opportunity", "question", "sales", "severity", "sharing", "source", "span",
    "stage", "state", "tactic", "terms", "tone", "verdict",
)  # fmt: skip
"""Kinds of interface texts by which our people speak among themselves."""
AMONG_US = frozenset({"草稿", "升級", "升级", "主管決定", "主管决定", "同理", "堅定", "坚定", "成本", "談判", "手法"})
LEAST = 4
"""Shorter texts are words that anybody may use."""


@functools.cache
def internal_words() -> frozenset[str]:
    """What no outsider may read: our interface's words, and what only our CRM knows."""
    return AMONG_US | _interface() | _crm()


def _interface() -> frozenset[str]:
    found = set()
    for file in (ROOT / "scripts_zh" / "texts").glob("*/*.yaml"):
        for key, text in yaml.safe_load(file.read_text()).items():
            if key.split(".")[0] in OURS:
                pieces = str(text).replace("}", "{").split("{")[::2]
                found.update(piece.strip(" ：:・，。*_「」") for piece in pieces)
    return frozenset(word for word in found if len(word) >= LEAST)


def _crm() -> frozenset[str]:
    """Numbers of contracts and notes on favours, of the sample customers."""
    sample = yaml.safe_load((ROOT / "config" / "sample_crm.yaml").read_text())
    records = [record for facet in ("contracts", "goodwill") for record in _all(sample, facet)]
    return frozenset(str(record[name]) for record in records for name in ("number", "note") if record.get(name))


def _all(value: Any, facet: str) -> list[dict[str, Any]]:
    """The records under every key of this name."""
    if isinstance(value, list):
        return [record for inner in value for record in _all(inner, facet)]
    if not isinstance(value, dict):
        return []
    here = [record for record in value.get(facet) or [] if isinstance(record, dict)]
    return here + [record for inner in value.values() for record in _all(inner, facet)]


def leaks(state: dict[str, Any]) -> list[str]:
    """Each internal word that an outsider can see, with where; what an agent sent on purpose is theirs to say."""
    found = []
    for person in state["users"]:
        if not person["is_stranger"]:
            continue
        for shown in seen_by(person["id"], state):
            found += [f"{person['id']} sees {word!r} in {shown!r}" for word in internal_words() if word in shown]
    return found


def seen_by(user: str, state: dict[str, Any]) -> list[str]:
    """Everything of the bot's own that ``user`` can read."""
    places = {place["id"] for place in state["channels"] if user in place["members"]}
    messages = [
        m
        for m in state["messages"]
        if m["user"] == "U0FENCUN"
        and m["channel"] in places
        and m["visible_to"] in (None, user)
        and not m["deleted"]
        and not m["username"]
    ]
    views = [view["view"] for view in state["views"] if view["user"] == user]
    files = [file["name"] for file in state["files"] if places & set(file["channels"])]
    return [
        *(" ".join([m["text"] or "", *strings(m["blocks"] or [])]) for m in messages),
        *(" ".join(strings(view)) for view in views),
        *files,
    ]


def strings(value: Any) -> Iterator[str]:
    """Every text in blocks or a view."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in ("text", "value", "title", "label", "hint", "placeholder"):
                    yield inner
            else:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
