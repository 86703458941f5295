"""Loading the lexicon: faults name file, field and reason."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.scripts.lexicon import load_lexicon
from bot.domain.errors import ScriptsError
from bot.domain.reading.model import Intent, Tactic

SHIPPED = Path(__file__).parents[3] / "scripts_zh" / "lexicon"


@pytest.fixture
def directory(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "lexicon"))


def faults(directory):
    with pytest.raises(ScriptsError) as caught:
        load_lexicon(directory)
    return caught.value.faults


def test_the_shipped_lexicon_has_a_file_for_every_label():
    assert {p.stem for p in (SHIPPED / "intents").glob("*.yaml")} == {label.value for label in Intent}
    assert {p.stem for p in (SHIPPED / "tactics").glob("*.yaml")} == {label.value for label in Tactic}


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("tactics/insult.yaml", "mark: insult\ngroups: [{patterns: ['甲*']}]", "groups.0.patterns.0"),
        ("tactics/insult.yaml", "mark: insult\ngroups: [{patterns: ['{nobody}']}]", "no word class 'nobody'"),
        ("tactics/insult.yaml", "mark: insults\ngroups: [{patterns: [甲乙]}]", "must be 'insult'"),
        ("tactics/insult.yaml", "mark: insult\ngroups: [{guards: [maybe], patterns: [甲乙]}]", "guards"),
        ("tactics/insult.yaml", "mark: insult\nwithdrawn_by: [{mark: nothing}]", "no mark 'nothing'"),
        ("tactics/rude.yaml", "mark: rude\ngroups: [{patterns: [甲乙]}]", "no label of tactics"),
        ("classes.yaml", "classes: {a: ['{b}甲'], b: ['{a}乙']}", "circle"),
    ],
)
def test_a_fault_is_told_with_file_field_and_reason(directory, file, content, told):
    (directory / file).write_text(content, "utf-8")
    assert any(file.split("/")[-1] in fault and told in fault for fault in faults(directory))
