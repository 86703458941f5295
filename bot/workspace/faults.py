"""Faults a test asks for: each is used up call by call."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.errors import Refused

KINDS = ("429", "500", "drop_after", "drop_before", "delay", "hang")


@dataclass
class Fault:
    method: str
    kind: str
    times: int = 1
    seconds: float | None = None
    retry_after: int = 1

    def wait(self, longest: float) -> float:
        """Seconds that a ``delay`` (1 by default) or a ``hang`` (``longest`` by default) lasts."""
        usual = longest if self.kind == "hang" else 1.0
        return min(usual if self.seconds is None else self.seconds, longest)


class Faults:
    """``method`` is a Web API method, ``response_url``, or ``*`` for any."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ``Refused`` for a kind nobody knows."""
        if fault.kind not in KINDS:
            raise Refused(f"unknown fault kind: {fault.kind}; one of {', '.join(KINDS)}")
        self._waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        for fault in self._waiting:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()
