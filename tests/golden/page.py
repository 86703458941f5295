"""Writes ``docs/drafts.md``: some golden cases with their two drafts side by side. ``python -m tests.golden.page``"""

from __future__ import annotations

import json
from pathlib import Path

from bot.domain.drafting.model import Tone
from tests.casebook import by_tone, draft

CASES = Path(__file__).parent / "cases.jsonl"
PAGE = Path(__file__).parents[2] / "docs" / "drafts.md"
SHOWN = (
    "g01", "g02", "g03", "g05", "g11", "g13", "g15", "g16", "g17", "g19", "g26", "g29", "g33", "g37",
    "g42", "g46", "g58", "g61", "g65", "g71", "g73", "g78",
)  # fmt: skip
HEAD = """# Drafts, side by side

Golden cases as a support lead would read them. Written by `python -m tests.golden.page`; a test keeps it up to date.

| case | the customer wrote | empathetic | firm |
|---|---|---|---|
"""


def page() -> str:
    items = {item["id"]: item for item in map(json.loads, CASES.read_text("utf-8").splitlines())}
    return HEAD + "".join(_row(items[name]) for name in SHOWN)


def _row(item: dict[str, object]) -> str:
    fields = {name: value for name, value in item.items() if name not in ("text", "says")}
    drafts = draft(item["text"], item["says"], **fields)
    tones = by_tone(drafts)
    about = " · ".join(
        str(part)
        for part in (
            item["id"],
            f"contract {item['state'] or 'unknown'}",
            f"stage {drafts.stage}",
            f"fault {item['fault']}" if "fault" in item else "",
            f"decision {item['decision']['verdict']}" if "decision" in item else "",
        )
        if part
    )
    return f"| {about} | {item['text']} | {tones[Tone.EMPATHETIC].text} | {tones[Tone.FIRM].text} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
