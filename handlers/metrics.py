"""What operators watch, in a registry of its own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.events = Counter(
            "fencun_events", "Events received, by what became of them", ["outcome"], registry=self._registry
        )
        self.listeners = Histogram(
            "fencun_listener_seconds", "Time a listener ran, ack included", ["name"], registry=self._registry
        )
        self.failures = Counter(
            "fencun_listener_failures", "Listeners that failed, by error", ["name", "error"], registry=self._registry
        )
        self.pending = Gauge("fencun_tasks", "Pieces of work under way", registry=self._registry)

    def render(self) -> bytes:
        return generate_latest(self._registry)
