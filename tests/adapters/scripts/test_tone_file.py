"""What may be wrong with the weights of the lint, and what is said of it."""

import json
import shutil
from pathlib import Path

import pytest

from bot.adapters.scripts.lint import load_lint
from bot.domain.errors import ScriptsError

SCRIPTS = Path(__file__).parents[3] / "scripts_zh"
WEIGHTS = {
    "rules": ["rude"],
    "bias": -1.0,
    "rule_bias": [0.5],
    "cuts": {"warned": 2.0, "sure": 3.5},
    "scale": 100,
    "runs": {"晾着": [300, 0, 12]},
}


@pytest.fixture
def lint(tmp_path: Path) -> Path:
    return shutil.copytree(SCRIPTS / "lint", tmp_path / "lint")


def faults(lint: Path, **changes: object) -> list[str]:
    (lint / "weights.json").write_text(json.dumps(WEIGHTS | changes), "utf-8")
    with pytest.raises(ScriptsError) as raised:
        load_lint(lint)
    return [fault.split("weights.json: ")[1] for fault in raised.value.faults]


def test_weights_are_read_with_the_rules(lint: Path):
    (lint / "weights.json").write_text(json.dumps(WEIGHTS), "utf-8")
    tone = load_lint(lint).tone

    assert tone is not None
    assert (tone.rules, tone.runs["晾着"], tone.cuts.sure) == (("rude",), (300, 0, 12), 3.5)


def test_without_the_file_there_are_none(lint: Path):
    (lint / "weights.json").unlink()

    assert load_lint(lint).tone is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rules": ["nobody"]}, "rules: there is no rule 'nobody'; train anew"),
        ({"rule_bias": []}, "rule_bias: needs 1 numbers, one for each rule"),
        ({"bias": 2.5}, "cuts: bias, cuts.warned and cuts.sure have to rise, or an empty reply would be warned of"),
        ({"runs": {"晾着": [300, 1, 12]}}, "runs.晾着: is not a weight followed by rule index and weight by turns"),
        ({"runs": {"晾着": [300, 0]}}, "runs.晾着: is not a weight followed by rule index and weight by turns"),
        ({"scale": 0}, "scale: Input should be greater than 0"),
    ],
)
def test_what_contradicts_itself_is_told(lint: Path, changes: dict[str, object], fault: str):
    assert faults(lint, **changes) == [fault]


def test_a_group_of_one_is_refused_and_a_faulty_pattern_of_a_group_named(lint: Path):
    rules = (lint / "policy.yaml").read_text("utf-8")
    (lint / "policy.yaml").write_text(rules.replace("    together:\n", "    together:\n      - [只有]\n", 1), "utf-8")
    with pytest.raises(ScriptsError, match=r"rules\.0\.together\.0"):
        load_lint(lint)
    (lint / "policy.yaml").write_text(
        rules.replace("    together:\n", "    together:\n      - [甲, '(乙']\n", 1), "utf-8"
    )
    with pytest.raises(ScriptsError, match=r"rules\.0\.together\.0\.1: a bracket is not closed"):
        load_lint(lint)
