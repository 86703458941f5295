"""The table of the 90 rules in docs/rules.md, made from the names of the tests that hold them.

A test holds rule 17 if its name begins with ``test_rule_17_``; ``test_rules_45_and_46_`` holds two. What of a rule
belongs to a later capability stands in ``data/rules.yaml``. ``python -m tests.rules_table FILE`` writes the table.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
HEADING = """# The rules of the trade, and what holds them

Made by `make docs` from the names of the tests and from `tests/data/rules.yaml`; not for editing by hand.
A rule without a test belongs to a capability that comes later, and says to which; one with both is kept as far as
the product goes today.

| | Rule | Held by | Comes later |
|--:|---|---|---|
"""
_NAME = re.compile(r"test_rules?_((?:\d\d_(?:and_)?)+)(\w+)")


@dataclass(frozen=True, slots=True)
class Rule:
    number: int
    title: str
    later: str | None = None


@dataclass(frozen=True, slots=True)
class NamedTest:
    """``path`` is relative to this folder."""

    path: str
    behaviour: str


def rules() -> list[Rule]:
    listed = yaml.safe_load((HERE / "data" / "rules.yaml").read_text("utf-8"))
    return [Rule(number, **fields) for number, fields in listed.items()]


def named_tests(folder: Path = HERE) -> dict[int, list[NamedTest]]:
    """By rule, in the order of files and lines."""
    found: dict[int, list[NamedTest]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for name in _functions(path):
            if match := _NAME.fullmatch(name):
                test = NamedTest(path.relative_to(folder).as_posix(), match[2].replace("_", " "))
                for number in re.findall(r"\d\d", match[1]):
                    found[int(number)].append(test)
    return found


def table(listed: list[Rule], tests: dict[int, list[NamedTest]]) -> str:
    lines = (
        f"| {rule.number} | {rule.title} | {_held_by(tests.get(rule.number, []))} | {rule.later or ''} |"
        for rule in listed
    )
    return HEADING + "\n".join(lines) + "\n"


def _held_by(tests: list[NamedTest]) -> str:
    return "<br>".join(f"[{test.behaviour}](../tests/{test.path})" for test in tests)


def _functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(table(rules(), named_tests()), "utf-8")
