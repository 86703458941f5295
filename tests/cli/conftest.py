import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

import pytest

from bot.__main__ import main

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path):
    for name in os.environ:
        if name.startswith(("FENCUN_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("FENCUN_DATA_DIR", str(tmp_path / "var"))


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Puts bytes on the standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


@pytest.fixture
def ask(stdin: Callable[[bytes], None], capfdbinary: pytest.CaptureFixture[bytes]) -> Ask:
    """Runs a ``--jsonl`` command over lines and returns its answers; it must succeed and say nothing on stderr but
    the one line that holds ``told``.
    """

    def answers(
        command: str, *lines: dict[str, Any] | bytes, options: tuple[str, ...] = (), told: str = ""
    ) -> list[dict[str, Any]]:
        stdin(b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines))
        assert main([command, "--jsonl", *options]) == 0
        out, err = capfdbinary.readouterr()
        assert (err.count(b"\n"), told in err.decode()) == (1 if told else 0, True)
        return [json.loads(line) for line in out.splitlines()]

    return answers
