"""What operators watch, in a registry of its own."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    def __init__(self, under_way: Callable[[], int]) -> None:
        """``under_way`` says how much the bot is at work on at the moment it is asked."""
        own = CollectorRegistry()
        self.events = Counter("fencun_events", "Events received, by what became of them", ["outcome"], registry=own)
        self.listeners = Histogram(
            "fencun_listener_seconds", "Time a listener ran, ack included", ["name"], registry=own
        )
        self.failures = Counter("fencun_listener_failures", "Listeners that failed", ["name", "error"], registry=own)
        working = Gauge("fencun_under_way", "Events and actions being worked on, and what they began", registry=own)
        working.set_function(under_way)
        self._registry = own

    def render(self) -> bytes:
        return generate_latest(self._registry)
