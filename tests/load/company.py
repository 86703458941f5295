"""A large support company and its customers, and their contracts in a CRM."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.adapters.crm import crm_tables

AGENTS = tuple(f"U1AGENT{n:03}" for n in range(300))
SUPERVISORS = tuple(f"U1SUP{n:02}" for n in range(12))
SALES = tuple(f"U1SALES{n:02}" for n in range(20))
CHANNELS = tuple(f"C1EXT{n:03}" for n in range(600))
DESK, ESCALATIONS = "C1DESK", "C1ESC"
GROUPS = {"S1AGENTS": AGENTS, "S1SUP": SUPERVISORS, "S1SALES": SALES}
HOME, BOT_USER, BOT = "T1HOME", "U1FENCUN", "B1FENCUN"
READING = Path(__file__).parents[1] / "data" / "reading"


def customer_of(channel: str) -> str:
    return channel.replace("C1EXT", "U9CUST")


def team_of(channel: str) -> str:
    return channel.replace("C1EXT", "T9")


def agent_of(channel: str) -> str:
    """Two channels an agent."""
    return AGENTS[CHANNELS.index(channel) % len(AGENTS)]


def user(user_id: str) -> dict[str, Any]:
    ours = user_id.startswith("U1")
    email = f"{user_id.lower()}@home.example"
    return {
        "id": user_id,
        "team_id": HOME if ours else user_id.replace("U9CUST", "T9"),
        "name": user_id.lower(),
        "locale": "zh-CN" if user_id[-1] in "13579" else "zh-TW",
        "is_stranger": not ours,
        "profile": {"display_name": f"林{user_id[-3:]}", **({"email": email} if ours else {})},
    }


def messages() -> list[str]:
    """What customers of both scripts write: everything from thanks to threats."""
    lines = [json.loads(line) for file in sorted(READING.glob("author_*.jsonl")) for line in file.open()]
    return [line["text"] for line in lines]


def write_crm(path: Path, today: date) -> None:
    """One customer a channel, with contracts in every state."""
    with closing(sqlite3.connect(path)) as crm, crm:
        for statement in crm_tables.create(crm_tables.SQLITE):
            crm.execute(statement)
        for number, channel in enumerate(CHANNELS):
            owner = SALES[number % len(SALES)]
            crm.execute(
                "INSERT INTO crm_customers (id, name, owner_name, owner_email, slack_channel) VALUES (?, ?, ?, ?, ?)",
                (f"K-{number}", f"第{number}號客戶有限公司", owner, f"{owner.lower()}@home.example", channel),
            )
            end = today + timedelta(days=(number % 5 - 2) * 60)
            crm.execute(
                "INSERT INTO crm_contracts (id, customer_id, number, kind, product, start_date, end_date, renewal_price,"
                " one_off_price, currency) VALUES (?, ?, ?, 'maintenance', 'ERP', ?, ?, 60000, 3000, 'TWD')",
                (f"R-{number}", f"K-{number}", f"M-{number}", end - timedelta(days=365), end),
            )
