"""What the world writes, made safe to compare and to show on one line."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def one_line(text: str) -> str:
    """``text`` without control, zero-width and direction characters, runs of blanks made one, ends trimmed.

    NUL breaks SQL and Odoo searches, and direction overrides make a name look like another.
    """
    visible = _INVISIBLE.sub("", text)
    if not visible.isprintable():
        visible = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in visible)
    return " ".join(visible.split())


def ends_of(text: str, head: int = 1200, tail: int = 600) -> str:
    """A long text without its middle: what is wanted stands at the beginning or at the end."""
    return text if len(text) <= head + tail else f"{text[:head]}\n{text[-tail:]}"
