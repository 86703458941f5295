"""The files of the lint, the verdicts and the promises: each fault is one line saying what to mend."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.promises import load_promises
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.errors import ScriptsError

SCRIPTS = Path(__file__).parents[3] / "scripts_zh"


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    return shutil.copytree(SCRIPTS, tmp_path / "scripts_zh")


def faults(load: Callable[[Path], object], directory: Path) -> list[str]:
    with pytest.raises(ScriptsError) as caught:
        load(directory)
    return caught.value.faults


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("公事公办", "'~4公事'", "begins with a gap"),
        ("公事公办", "'(公事'", "a bracket is not closed"),
        ("公事公办", "'{nobody}公事'", "there is no word class 'nobody'"),
        ("公事公办", "'(要|要要)*赔'", "unexpected '*'"),
        ("id: policy_shield", "id: Policy-Shield", "String should match pattern"),
        ("id: flat_refusal", "id: policy_shield", "is already in policy.yaml"),
        ("severity: block", "severity: forbid", "Input should be 'block' or 'warn'"),
        ("only_on: [untriaged]", "only_on: [monday]", "Input should be 'case_known'"),
    ],
)
def test_a_faulty_lint_rule_is_named_with_file_field_and_reason(scripts, old, new, fault):
    replaced(scripts / "lint" / "policy.yaml", old, new)

    (found, *_) = faults(load_lint, scripts / "lint")

    assert "policy.yaml: rules." in found
    assert fault in found


def test_advice_is_needed_in_both_scripts(scripts):
    path = scripts / "lint" / "leaks.yaml"
    path.write_text(path.read_text("utf-8").split("    hans:")[0], "utf-8")

    assert any("rules.0.hans: Field required" in fault for fault in faults(load_lint, scripts / "lint"))


@pytest.mark.parametrize(
    ("load", "name", "field", "old"),
    [(load_verdicts, "verdicts", "marks", "  ironic:\n"), (load_promises, "promises", "cues", "  offers:\n")],
)
def test_a_list_that_nobody_knows_is_refused(scripts, load, name, field, old):
    replaced(scripts / "lexicon" / f"{name}.yaml", old, "  irony_of_fate:\n")

    assert any(f"{name}.yaml: {field}" in fault for fault in faults(load, scripts / "lexicon"))


@pytest.mark.parametrize(
    ("load", "name", "old"), [(load_verdicts, "verdicts", "'^反对'"), (load_promises, "promises", "'{verb}'")]
)
def test_a_faulty_pattern_of_the_lexicon_is_named(scripts, load, name, old):
    replaced(scripts / "lexicon" / f"{name}.yaml", old, "'[]'")

    assert any("an empty [] matches nothing" in fault for fault in faults(load, scripts / "lexicon"))
