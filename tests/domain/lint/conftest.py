from pathlib import Path

import pytest

from bot.adapters.scripts.lint import load_lint
from bot.domain.lint.linter import Linter

SCRIPTS = Path(__file__).parents[3] / "scripts_zh"


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter(load_lint(SCRIPTS / "lint"))
