"""What all tests share."""

import logging
from collections.abc import Iterator

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
