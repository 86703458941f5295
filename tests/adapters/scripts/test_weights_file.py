"""Loading the weights: faults name file, field and reason; without the file the rules decide alone."""

import json
from pathlib import Path

import pytest

from bot.adapters.scripts.weights import load_weights
from bot.domain.reading.weights import LABELS, unpacked

SHIPPED = Path(__file__).parents[3] / "scripts_zh" / "lexicon" / "weights.json"
SOUND = {
    "labels": [label.value for label in LABELS],
    "bias": [-2.0] * (len(LABELS) + 1),
    "cuts": {"added": 0.0, "kept": -4.0},
    "scale": 100,
    "runs": {"騙子": [0, 150, 26, -20]},
}


def load(path, **changed):
    path.write_text(json.dumps(SOUND | changed), "utf-8")
    faults = []
    return load_weights(path, faults), faults


def test_no_file_means_no_weights(tmp_path):
    faults = []
    assert load_weights(tmp_path / "weights.json", faults) is None
    assert faults == []


def test_a_sound_file_is_read_as_it_stands(tmp_path):
    weights, faults = load(tmp_path / "weights.json")
    assert faults == []
    assert unpacked(weights.runs["騙子"])[::26] == (150, -20)
    assert weights.cuts.kept == -4.0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"labels": ["insult"]}, "labels: are not those of the taxonomy"),
        ({"bias": [0.5]}, "bias: needs 29 numbers"),
        ({"bias": [1.0] * 29}, "bias: lies above cuts.added"),
        ({"bias": ["high"] * 29}, "bias.0: "),
        ({"cuts": {"added": 1}}, "cuts.kept: "),
        ({"scale": 0}, "scale: "),
        ({"runs": {"騙子": [0]}}, "runs.騙子: is not a list"),
        ({"runs": {"騙子": [29, 5]}}, "runs.騙子: is not a list"),
        ({"runs": {"騙子": [-1, 5]}}, "runs.騙子: is not a list"),
        ({"runs": {"": [0, 5]}}, "runs."),
        ({"runs": {"一群大騙子": [0, 5]}}, "runs."),
        ({"runs": {"騙子": [0, 1.5]}}, "runs.騙子.1: "),
        ({"runs": {"騙子": [0, 10**9]}}, "runs.騙子.1: "),
        ({"surprise": 1}, "surprise: "),
    ],
)
def test_a_fault_is_told_with_file_field_and_reason(tmp_path, changed, told):
    weights, faults = load(tmp_path / "weights.json", **changed)
    assert weights is None
    assert any(fault.startswith(f"{tmp_path / 'weights.json'}: {told}") for fault in faults), faults


def test_a_file_that_is_no_json_is_told(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text("{", "utf-8")
    faults = []
    assert load_weights(path, faults) is None
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}: ")


def test_the_shipped_file_stays_small():
    assert SHIPPED.stat().st_size < 1.5e6
