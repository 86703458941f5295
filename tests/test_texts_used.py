"""Every interface text is asked for somewhere: a key that no line of the program can spell is a leftover.

A key is spelt whole, or put together in an f-string whose fixed parts it fits, or is one of the ``labels`` of a kind.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.scripts.texts import load_texts
from bot.domain.desk import Locale

ROOT = Path(__file__).parents[1]
SOURCES = [path for folder in ("bot", "handlers", "config") for path in (ROOT / folder).rglob("*.py")]
_FIXED = re.compile(r"[a-z_]+\.|\.[a-z_]+")
"""What an f-string must hold to be the make of a key."""
_ANY = "[A-Za-z0-9_.]+"


def _spelt(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "labels":
            yield from (f"{re.escape(a.value)}\\.{_ANY}" for a in node.args[:1] if isinstance(a, ast.Constant))
        elif isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            if any(part and _FIXED.search(part) for part in parts):
                yield "".join(_ANY if part is None else re.escape(part) for part in parts)


def test_every_text_is_asked_for_somewhere():
    spelt = {key for path in SOURCES for key in _spelt(ast.parse(path.read_text("utf-8")))}
    asked = re.compile("|".join(sorted(spelt, key=len, reverse=True)))
    keys = load_texts(ROOT / "scripts_zh" / "texts").by_locale[Locale.EN]

    assert [key for key in sorted(keys) if not asked.fullmatch(key)] == []
