"""What all tests share."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.contracts")  # a failing contract shows what differed

# A busy machine draws slowly; how long an example takes is not what these tests are about.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["tests.postgres", "tests.scenarios.running"]


@pytest.fixture(autouse=True)
def _logs_as_at_the_start() -> Iterator[None]:
    """A command line under test sends logs to a stream that ends with its test: the next one must not find it."""
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers = [h for h in logging.getLogger().handlers if not _closed(h)]


def _closed(handler: logging.Handler) -> bool:
    stream = getattr(handler, "stream", None)
    return stream is not None and getattr(stream, "closed", False)


LONGEST_FIRST = ("fuzz", "privacy", "scenarios", "e2e", "workspace/page")
"""Folders whose files take tens of seconds each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that nobody is left with it when the others have nothing more to do."""
    items.sort(key=lambda item: _rank(item.path))


def _rank(path: Path) -> int:
    folder = path.parent.relative_to(Path(__file__).parent).as_posix()
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three for two cores: much of the time a test waits for a process or a browser."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)
