"""What all tests share."""

import pytest

pytest.register_assert_rewrite("tests.contracts")  # a failing contract shows what differed

pytest_plugins = ["tests.postgres", "tests.scenarios.running"]
