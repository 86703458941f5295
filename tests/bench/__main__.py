"""``make bench``: every figure with its goal, one run."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench import acks, commands, path, reading

GOALS = {
    "ack_ratio": ("≤", 1.5),
    "message_ratio": ("≤", 3.0),
    "card_p99_ms": ("≤", 150.0),
    "idle_memory_mb": ("≤", 150.0),
    "startup_s": ("≤", 2.0),
    "read_lines_per_s": ("≥", 300.0),
    "draft_lines_per_s": ("≥", 100.0),
    "read_ms": ("≤", 1.0),
    "read_growth": ("≤", 2.0),
    "read_worst_ms": ("≤", 20.0),
    "draft_ms": ("≤", 3.0),
    "draft_growth": ("≤", 2.0),
    "draft_worst_ms": ("≤", 20.0),
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="fencun-bench-") as folder:
        figures = asyncio.run(acks.compare(Path(folder)))
        figures |= asyncio.run(path.measure(Path(folder)))
    figures |= commands.measure()
    figures |= reading.measure()
    for name, value in figures.items():
        sign, goal = GOALS.get(name, ("", 0.0))
        met = {"≤": value <= goal, "≥": value >= goal}.get(sign)
        verdict = "" if met is None else f"goal {sign} {goal:g}: {'met' if met else 'missed'}"
        sys.stdout.write(f"{name:<20}{value:>10.2f}  {verdict}\n")


if __name__ == "__main__":
    main()
