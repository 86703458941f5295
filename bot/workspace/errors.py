"""The two ways in which the workspace refuses."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A Web API refusal: ``{"ok": false, "error": code, …detail}``, as Slack words it."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.detail}


class InvalidInput(SlackError):
    """A refusal that points into the argument: Slack lists each fault with a JSON pointer."""

    def __init__(self, code: str, faults: list[str]) -> None:
        messages = [f"[ERROR] {fault}" for fault in faults]
        detail: dict[str, Any] = {"response_metadata": {"messages": messages}}
        if code == "invalid_blocks":
            detail["errors"] = faults
        super().__init__(code, **detail)


class Refused(Exception):
    """What a person (page or control API) asked cannot be done: answered 400 ``{"error": reason}``."""
