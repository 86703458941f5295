"""``make load``: 300 agents, 600 channels, 50 messages a second for five minutes, on SQLite and on PostgreSQL.

Prints a Markdown table, with a bare Bolt app that got the same requests at the same time beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.load import company
from tests.load.run import Figures, measure
from tests.load.traffic import Measured
from tests.postgres import Postgres

LATE_MS = 3000.0
CARD_GOAL_MS = 500.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--channels", type=int, default=len(company.CHANNELS))
    parser.add_argument("--store", choices=("sqlite", "postgres", "both"), default="both")
    args = parser.parse_args()
    for store in ("sqlite", "postgres") if args.store == "both" else (args.store,):
        with tempfile.TemporaryDirectory(prefix="fencun-load-") as folder, ExitStack() as stack:
            url = None
            if store == "postgres":
                postgres = Postgres()
                stack.callback(postgres.close)
                url = postgres.create_database("load")
            figures = asyncio.run(
                measure(Path(folder), store, url, channels=args.channels, rate=args.rate, seconds=args.seconds)
            )
        sys.stdout.write(report(figures, args.rate, args.seconds))
        sys.stdout.flush()


def report(figures: Figures, rate: float, seconds: float) -> str:
    head = f"\n### {figures.store}: {rate:g} messages/s for {seconds:g} s\n\n| | Fencun | bare Bolt | goal |\n|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows(figures)) + _notes(figures)


def rows(figures: Figures) -> list[tuple[str, str, str, str]]:
    ours, bare = figures.ours, figures.bare
    kinds = [
        (f"ack of a {kind}, p50 / p99 (n)", _spread(ours.acks[kind]), _spread(bare.acks[kind]), "")
        for kind in sorted(ours.acks)
    ]
    return [
        ("late acks (> 3 s)", str(_late(ours)), str(_late(bare)), "0"),
        ("answers other than 200", str(len(ours.refused)), str(len(bare.refused)), "0"),
        *kinds,
        ("message → card, p50 / p99 ms", _spread(figures.waits), "", f"p99 ≤ {CARD_GOAL_MS:g}"),
        ("messages on no card", f"{figures.lost} of {figures.sent}", "", "0"),
        ("escalations decided", str(figures.decided), "", ""),
        ("memory at start / middle / end, MiB", _memory(figures.memory), _memory(figures.bare_memory), "flat"),
        ("CPU of one core", f"{figures.cpu:.0%}", f"{figures.bare_cpu:.0%}", ""),
        ("calls to Slack a message", f"{sum(figures.calls.values()) / max(figures.sent, 1):.2f}", "", ""),
    ]


def _notes(figures: Figures) -> str:
    calls = ", ".join(f"{name} {count}" for name, count in sorted(figures.calls.items(), key=lambda c: -c[1]))
    faults = "".join(f"- {fault}\n" for fault in [*figures.ours.refused[:5], *figures.failures])
    return f"\nCalls: {calls}\n{faults}"


def _spread(values: list[float]) -> str:
    if not values:
        return "–"
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.0f} / {ordered[int(len(ordered) * 0.99)]:.0f} ({len(ordered)})"


def _late(measured: Measured) -> int:
    return sum(1 for times in measured.acks.values() for ms in times if ms > LATE_MS)


def _memory(sizes: list[float]) -> str:
    return " / ".join(f"{size:.0f}" for size in sizes)


if __name__ == "__main__":
    main()
