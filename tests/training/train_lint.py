"""Learns ``scripts_zh/lint/weights.json`` from labelled replies; with ``--measure`` only says how well that goes.

    .venv/bin/pip install numpy scikit-learn        (not in the lock files: nothing else needs them)
    .venv/bin/python -m tests.training.train_lint [--measure]

Replies that are ``held_out``, and those of ``fresh.jsonl``, are for measuring and never learnt from. The cuts are set
on scores of models that did not see the reply.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.domain.drafting.slots import SLOTS
from bot.domain.lint.linter import Linter
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import segment
from bot.domain.reading.weights import passages
from tests.training.train_reading import PRESENCE, SCALE, STRENGTH, fit_label, folds, matrix, owners

ROOT = Path(__file__).parents[2]
LINT = ROOT / "scripts_zh" / "lint"
PLAYS = ROOT / "scripts_zh" / "plays"
DATA = ROOT / "tests" / "data" / "lint"
SOURCES = ("bad", "good", "other_hands", "voices")
OWN = "plays"
"""Our own wordings: learnt as good, and no measure of anything."""
FOLDS = 5
WARNED_OF, SURE_OF = 0.007, 0.001
"""Shares of good replies that may score above either cut."""
SMALLEST, SMALLEST_OF_RULE = 4, 12
"""Weights below this many hundredths are left out of the file."""
THEMES = {
    "policy": "policy_shield",
    "internal_leak": "internal_words",
    "unfounded_effort": "effort_unfounded",
    "vague_promise": "promise_without_owner_or_date",
    "overpromise": "capability_overpromise",
}
"""What ``other_hands.jsonl`` calls by another name."""


@dataclass(frozen=True, slots=True)
class Reply:
    source: str
    held_out: bool
    text: str
    rule: str | None
    passages: tuple[frozenset[str], ...]


def reply(source: str, text: str, rule: str | None, *, held_out: bool = False) -> Reply:
    plain = normalise(text)
    segments = segment(plain)
    found = tuple(frozenset(segments.runs.between(*span)) for span in passages(plain, segments))
    return Reply(source, held_out, text, rule, found)


def replies(names: tuple[str, ...] = SOURCES) -> Iterator[Reply]:
    for name in names:
        for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            rule = row["rule"] if "rule" in row else next(iter(row.get("bad", ())), None)
            source = row.get("author", name)
            yield reply(source, row["text"], THEMES.get(rule, rule), held_out=row.get("held_out", False))


def own_wordings() -> Iterator[Reply]:
    book = load_plays(PLAYS)
    moves = [step.move for play in book.plays for step in play.steps] + [take_up.move for take_up in book.take_ups]
    sample = dict.fromkeys(SLOTS, "ERP")
    for move in {move.id: move for move in moves}.values():
        for wordings in (move.wordings, *move.about.values()):
            for wording in (said for found in wordings.values() for said in found):
                yield reply(OWN, wording.text.format_map(sample), None)


@dataclass(frozen=True, slots=True)
class Model:
    vocabulary: dict[str, int]
    harm: np.ndarray
    bias: float
    rules: tuple[str, ...]
    of_rules: np.ndarray
    rule_bias: np.ndarray

    def scores(self, rows: list[Reply]) -> np.ndarray:
        """That of the passage that sounds worst."""
        sums = matrix(rows, self.vocabulary) @ self.harm + self.bias
        worst = np.full(len(rows), -np.inf)
        np.maximum.at(worst, owners(rows), sums)
        return worst


def fit(rows: list[Reply]) -> Model:
    seen = Counter(run for row in rows for passage in row.passages for run in passage)
    vocabulary = {run: at for at, run in enumerate(sorted(run for run, times in seen.items() if times > 1))}
    features, owner = matrix(rows, vocabulary), owners(rows)
    bad = np.array([row.rule is not None for row in rows])[owner]
    model = fit_label(features, owner, bad)
    harm = pruned(model.coef_[0], SMALLEST)
    scores = features @ harm
    worst = [max(np.flatnonzero(owner == at), key=scores.__getitem__) for at, row in enumerate(rows) if row.rule]
    names = np.array([row.rule for row in rows if row.rule])
    rules = tuple(sorted(set(names)))
    of_rules = [
        LogisticRegression(C=STRENGTH, solver="liblinear").fit(features[worst], names == rule) for rule in rules
    ]
    return Model(
        vocabulary,
        harm,
        float(model.intercept_[0]),
        rules,
        np.vstack([pruned(one.coef_[0], SMALLEST_OF_RULE) for one in of_rules]),
        np.array([one.intercept_[0] for one in of_rules]),
    )


def pruned(coefficients: np.ndarray, smallest: int) -> np.ndarray:
    return np.where(np.abs(coefficients * PRESENCE) < smallest / SCALE, 0, coefficients)


def unseen_scores(rows: list[Reply], fold: np.ndarray) -> np.ndarray:
    """The scores of each reply by a model that was fitted without its fold."""
    scores = np.zeros(len(rows))
    for number in np.unique(fold):
        inside = np.flatnonzero(fold == number)
        model = fit([row for row, where in zip(rows, fold, strict=True) if where != number])
        scores[inside] = model.scores([rows[at] for at in inside])
    return scores


def calibrated(rows: list[Reply], scores: np.ndarray) -> tuple[float, float]:
    good = np.sort([score for row, score in zip(rows, scores, strict=True) if not row.rule and row.source != OWN])
    warned, sure = (float(good[-1 - int(share * len(good))]) for share in (WARNED_OF, SURE_OF))
    return round(warned, 2), round(sure, 2)


def report(rows: list[Reply], scores: np.ndarray, cut: float, linter: Linter) -> None:
    for source in sorted({row.source for row in rows} - {OWN}):
        at = [index for index, row in enumerate(rows) if row.source == source]
        ruled = np.array([bool(linter.check(rows[index].text)) for index in at])
        heard, bad = scores[at] > cut, np.array([rows[index].rule is not None for index in at])
        print(  # noqa: T201 - what a script has to tell
            f"{source:16} caught by patterns {(ruled & bad).sum()}, with tone {((ruled | heard) & bad).sum()} of "
            f"{bad.sum()}; alarms {(ruled & ~bad).sum()}, {((ruled | heard) & ~bad).sum()} of {(~bad).sum()}"
        )


def write(model: Model, cuts: tuple[float, float]) -> None:
    """One run of characters a line, so that changes can be read."""
    harm = (model.harm * PRESENCE * SCALE).round().astype(int)
    steps = (model.of_rules * PRESENCE * SCALE).round().astype(int)
    lines = []
    for run, at in model.vocabulary.items():
        if harm[at] or steps[:, at].any():
            flat = [int(value) for index in np.flatnonzero(steps[:, at]) for value in (index, steps[index, at])]
            packed = json.dumps([int(harm[at]), *flat], separators=(",", ":"))
            lines.append(f"  {json.dumps(run, ensure_ascii=False)}: {packed}")
    head = {
        "rules": model.rules,
        "bias": round(model.bias, 2),
        "rule_bias": model.rule_bias.round(2).tolist(),
        "cuts": dict(zip(("warned", "sure"), cuts, strict=True)),
        "scale": SCALE,
    }
    text = json.dumps(head)[:-1] + ', "runs": {\n' + ",\n".join(lines) + "\n}}\n"
    (LINT / "weights.json").write_text(text, "utf-8")
    print(f"{len(lines)} runs, {len(text.encode()) / 1024:.0f} KiB")  # noqa: T201 - what a script has to tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="each voice by a model without it; write nothing")
    measure_only = parser.parse_args().measure
    rows = [*[row for row in replies() if not row.held_out], *own_wordings()]
    scores = unseen_scores(rows, folds(rows))
    cuts = calibrated(rows, scores)
    print("cuts", cuts)  # noqa: T201 - what a script has to tell
    if measure_only:
        patterns = Linter(replace(load_lint(LINT), tone=None))
        everything = [*replies(), *own_wordings()]
        voices = np.unique([row.source for row in everything], return_inverse=True)[1]
        report(everything, unseen_scores(everything, voices), cuts[0], patterns)
    else:
        write(fit(rows), cuts)


if __name__ == "__main__":
    main()
