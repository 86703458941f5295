"""Every Web API call received, for ``GET /_control/calls``."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import Any

_KEPT = 50_000


class Recorder:
    def __init__(self) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def note(
        self,
        method: str,
        arguments: dict[str, Any],
        answer: dict[str, Any] | None,
        status: int | None,
        fault: str | None,
    ) -> None:
        """``answer`` and ``status`` are what was meant to be sent; a ``drop_after`` fault kept them back."""
        shown = {name: value for name, value in arguments.items() if name != "token"}
        self._calls.append(
            {
                "time": datetime.now(UTC).isoformat(),
                "method": method,
                "arguments": shown,
                "answer": answer,
                "status": status,
                "fault": fault,
            }
        )

    def calls(self) -> list[dict[str, Any]]:
        return list(self._calls)

    def clear(self) -> None:
        self._calls.clear()
