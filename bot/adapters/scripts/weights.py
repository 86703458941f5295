"""Loads ``scripts_zh/lexicon/weights.json``, which ``tests/training/train_reading.py`` writes.

labels   the labels, in taxonomy order: what the other lists count by
bias     a score for each label to begin with
cuts     scores above which a label is read, by what the rules found of it
scale    how many steps of the whole numbers in ``runs`` make a score of 1
runs     a run of characters, and pairs of label index and weight in a flat list

Training is described in ``docs/reading.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, FiniteFloat, StrictInt, StringConstraints, ValidationError

from bot.adapters.scripts.files import FileModel, faults_of
from bot.domain.reading.runs import LONGEST_RUN
from bot.domain.reading.weights import LABELS, MOST_WANTING, Cuts, Weights, packed

Step = Annotated[StrictInt, Field(ge=-100_000, le=100_000)]
Run = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_RUN)]


class CutsFile(FileModel):
    added: FiniteFloat
    kept: FiniteFloat


class WeightsFile(FileModel):
    labels: tuple[str, ...]
    bias: tuple[FiniteFloat, ...]
    cuts: CutsFile
    scale: Annotated[StrictInt, Field(gt=0)]
    runs: dict[Run, tuple[Step, ...]]


def load_weights(path: Path, faults: list[str]) -> Weights | None:
    """None where there is no such file; what is wrong with it joins ``faults``."""
    if not path.exists():
        return None
    try:
        file = WeightsFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults += faults_of(path, error)
        return None
    wrong = _contradictions(file)
    faults += [f"{path}: {fault}" for fault in wrong]
    return None if wrong else _weights(file)


def _contradictions(file: WeightsFile) -> list[str]:
    wrong = []
    if file.labels != tuple(label.value for label in LABELS):
        wrong.append("labels: are not those of the taxonomy, in its order; train anew")
    if len(file.bias) != len(LABELS) + 1:
        wrong.append(f"bias: needs {len(LABELS) + 1} numbers, one for each label and one for all")
    elif max(file.bias[:-1]) + min(file.bias[-1], MOST_WANTING) > file.cuts.added:
        wrong.append("bias: lies above cuts.added, so that an empty message would carry a label")
    known = frozenset(range(len(LABELS) + 1))
    for run, flat in file.runs.items():
        if len(flat) % 2 or not known.issuperset(flat[::2]):
            wrong.append(f"runs.{run}: is not a list of label index and weight by turns")
    return wrong


def _weights(file: WeightsFile) -> Weights:
    runs = {run: packed(flat[::2], flat[1::2]) for run, flat in file.runs.items()}
    cuts = Cuts(added=file.cuts.added, kept=file.cuts.kept)
    return Weights(bias=file.bias, runs=runs, scale=file.scale, cuts=cuts)
