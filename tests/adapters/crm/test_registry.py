"""CRM plug-ins: found by entry point, loaded one at a time, never in the way when broken."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from bot.adapters.crm import registry
from bot.adapters.crm.sql import SqlCrm
from bot.domain.errors import CrmUnsupported


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Four plug-ins as other people may write them: a good one and three kinds of broken."""
    sources = {
        "good": "from bot.adapters.crm.sql import SqlCrm as make",
        "missing": "import a_package_nobody_has",
        "leaving": "raise SystemExit('no licence')",
        "silly": "make = 42",
    }
    for name, source in sources.items():
        (tmp_path / f"crm_plugin_{name}.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    yield [EntryPoint(name, f"crm_plugin_{name}:make", registry.GROUP) for name in sources]
    for name in sources:
        sys.modules.pop(f"crm_plugin_{name}", None)


def test_the_shipped_adapter_is_registered() -> None:
    assert registry.load("sql") is SqlCrm


def test_a_good_plugin_loads_beside_broken_ones(plugins: list[EntryPoint]) -> None:
    assert registry.load("good", plugins) is SqlCrm
    assert "crm_plugin_missing" not in sys.modules


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "ModuleNotFoundError: No module named 'a_package_nobody_has'"),
        ("leaving", "SystemExit: no licence"),
        ("silly", "is no factory"),
    ],
)
def test_a_broken_plugin_says_why(plugins: list[EntryPoint], name: str, reason: str) -> None:
    with pytest.raises(CrmUnsupported, match=reason):
        registry.load(name, plugins)


def test_an_unknown_name_lists_what_there_is(plugins: list[EntryPoint]) -> None:
    with pytest.raises(CrmUnsupported, match=r"FENCUN_CRM=odoo: no such CRM adapter.*good, leaving, missing, silly"):
        registry.load("odoo", plugins)


def test_the_survey_tries_each_on_its_own(plugins: list[EntryPoint]) -> None:
    found = {plugin.name: plugin.fault is None for plugin in registry.survey(plugins)}
    assert found == {"good": True, "missing": False, "leaving": False, "silly": False}
