"""Loads ``scripts_zh/lint/weights.json``, which ``tests/training/train_lint.py`` writes.

rules      the rules it can tell apart: what ``rule_bias`` and ``runs`` count by
bias       what speaks for a breach to begin with; ``rule_bias`` what speaks for each rule among the others
cuts       scores above which a passage is warned of, and above which it is taken as seriously as a pattern
scale      how many steps of the whole numbers in ``runs`` make a score of 1
runs       a run of characters: what it speaks for a breach, then pairs of rule index and weight

Training is described in ``docs/lint.md``.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import Field, FiniteFloat, StrictInt, StringConstraints, ValidationError

from bot.adapters.scripts.files import FileModel, faults_of
from bot.domain.lint.tone import Cuts, Tone
from bot.domain.reading.runs import LONGEST_RUN

FILE = "weights.json"
Step = Annotated[StrictInt, Field(ge=-100_000, le=100_000)]
Run = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_RUN)]


class CutsFile(FileModel):
    warned: FiniteFloat
    sure: FiniteFloat


class ToneFile(FileModel):
    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    bias: FiniteFloat
    rule_bias: tuple[FiniteFloat, ...]
    cuts: CutsFile
    scale: Annotated[StrictInt, Field(gt=0)]
    runs: dict[Run, Annotated[tuple[Step, ...], Field(min_length=1)]]


def load_tone(path: Path, known: Collection[str], faults: list[str]) -> Tone | None:
    """None where there is no such file; what is wrong with it joins ``faults``. ``known`` are the ids of the rules."""
    if not path.exists():
        return None
    try:
        file = ToneFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults += faults_of(path, error)
        return None
    wrong = _contradictions(file, known)
    faults += [f"{path}: {fault}" for fault in wrong]
    if wrong:
        return None
    cuts = Cuts(warned=file.cuts.warned, sure=file.cuts.sure)
    return Tone(file.rules, file.bias, file.rule_bias, file.runs, file.scale, cuts)


def _contradictions(file: ToneFile, known: Collection[str]) -> list[str]:
    wrong = [f"rules: there is no rule {rule!r}; train anew" for rule in file.rules if rule not in known]
    if len(file.rule_bias) != len(file.rules):
        wrong.append(f"rule_bias: needs {len(file.rules)} numbers, one for each rule")
    if not file.bias <= file.cuts.warned <= file.cuts.sure:
        wrong.append("cuts: bias, cuts.warned and cuts.sure have to rise, or an empty reply would be warned of")
    indexes = frozenset(range(len(file.rules)))
    for run, steps in file.runs.items():
        if len(steps) % 2 == 0 or not indexes.issuperset(steps[1::2]):
            wrong.append(f"runs.{run}: is not a weight followed by rule index and weight by turns")
    return wrong
