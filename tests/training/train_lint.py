"""Learns ``scripts_zh/lint/weights.json`` from labelled replies; with ``--measure`` only says how well that goes.

    .venv/bin/pip install numpy scikit-learn        (not in the lock files: nothing else needs them)
    .venv/bin/python -m tests.training.train_lint [--measure]

What other hands held out is for measuring and never learnt from; ``good`` and ``bad`` were held out from patterns
only. The cuts are set on scores of models that did not see the reply.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.adapters.scripts.tone import FILE
from bot.domain.drafting.slots import SLOTS
from bot.domain.lint.linter import Linter
from bot.domain.lint.rules import RuleBook
from bot.domain.lint.tone import Cuts, Tone
from bot.domain.reading.normalise import normalise
from bot.domain.reading.runs import runs
from bot.domain.reading.segments import segment
from bot.domain.reading.weights import passages
from tests.training.train_reading import PRESENCE, SCALE, STRENGTH, fit_label, matrix, owners

ROOT = Path(__file__).parents[2]
LINT = ROOT / "scripts_zh" / "lint"
PLAYS = ROOT / "scripts_zh" / "plays"
DATA = ROOT / "tests" / "data" / "lint"
SOURCES = ("bad", "good", "other_hands", "voices")
LEARNT_WHOLE = ("bad", "good")
OWN = "plays"
"""Our own wordings: learnt as good, and no measure of anything."""
FOLDS = 5
ALIKE = 0.2
"""The share of common runs of three above which two replies are near-duplicates."""
_TRIPLE = 3
CUTS = [step / 4 for step in range(4, 19)]
WARNED_OF, SURE_OF = 0.017, 0.003
"""Shares of good replies, let through by the patterns, that may be found fault with above either cut."""
SMALLEST, SMALLEST_OF_RULE = 8, 25
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
    found = tuple(frozenset(runs(plain[slice(*span)])) for span in passages(plain, segments))
    return Reply(source, held_out, text, rule, found)


def replies(names: tuple[str, ...] = SOURCES) -> Iterator[Reply]:
    for name in names:
        for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            rule = row["rule"] if "rule" in row else next(iter(row.get("bad", ())), None)
            source = row.get("author", name)
            yield reply(
                source,
                row["text"],
                THEMES.get(rule, rule),
                held_out=row.get("held_out", False) and name not in LEARNT_WHOLE,
            )


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


def folds(rows: list[Reply]) -> np.ndarray:
    """A fold for each reply; near-duplicates share theirs."""
    group = list(range(len(rows)))
    holders: dict[str, list[int]] = {}
    triples = [sorted(run for run in frozenset().union(*row.passages) if len(run) == _TRIPLE) for row in rows]
    for at, mine in enumerate(triples):
        shared = Counter(other for run in mine for other in holders.get(run, ()))
        for other, count in shared.items():
            if count > ALIKE * (len(mine) + len(triples[other]) - count):
                group[at] = group[other]
        for run in mine:
            holders.setdefault(run, []).append(at)
    return np.random.RandomState(0).randint(FOLDS, size=len(rows))[group]


def tone_of(model: Model, cuts: Cuts) -> Tone:
    harm = (model.harm * PRESENCE * SCALE).round().astype(int)
    steps = (model.of_rules * PRESENCE * SCALE).round().astype(int)
    found = {
        run: (int(harm[at]), *(int(v) for i in np.flatnonzero(steps[:, at]) for v in (i, steps[i, at])))
        for run, at in model.vocabulary.items()
        if harm[at] or steps[:, at].any()
    }
    bias = tuple(model.rule_bias.round(2).tolist())
    return Tone(model.rules, round(model.bias, 2), bias, found, SCALE, cuts)


def unseen_cuts(rows: list[Reply], fold: np.ndarray, book: RuleBook) -> np.ndarray:
    """For each reply the highest of ``CUTS`` at which a model fitted without its fold has something found.

    Above them all where patterns find something by themselves, below them all where nothing is found.
    """
    patterns = Linter(replace(book, tone=None))
    highest = np.array([np.inf if patterns.check(row.text) else -np.inf for row in rows])
    for number in np.unique(fold):
        silent = [at for at in np.flatnonzero(fold == number) if highest[at] == -np.inf and rows[at].source != OWN]
        model = fit([row for row, where in zip(rows, fold, strict=True) if where != number])
        for cut in CUTS:
            linter = Linter(replace(book, tone=tone_of(model, Cuts(cut, cut))))
            highest[[at for at in silent if linter.check(rows[at].text)]] = cut
    return highest


def calibrated(rows: list[Reply], highest: np.ndarray) -> Cuts:
    good = highest[[row.rule is None and row.source != OWN for row in rows]]
    tone = good[good < np.inf]
    return Cuts(*(next(cut for cut in CUTS if (tone >= cut).mean() <= share) for share in (WARNED_OF, SURE_OF)))


def report(rows: list[Reply], highest: np.ndarray, cut: float) -> None:
    for source in sorted({row.source for row in rows} - {OWN}):
        at = np.array([row.source == source for row in rows])
        bad = np.array([row.rule is not None for row in rows])[at]
        patterns, both = highest[at] == np.inf, highest[at] >= cut
        print(  # noqa: T201 - what a script has to tell
            f"{source:16} caught by patterns {(patterns & bad).sum()}, with tone {(both & bad).sum()} of {bad.sum()}; "
            f"alarms {(patterns & ~bad).sum()}, {(both & ~bad).sum()} of {(~bad).sum()}"
        )


def write(tone: Tone) -> None:
    """One run of characters a line, so that changes can be read."""
    lines = [
        f"  {json.dumps(run, ensure_ascii=False)}: {json.dumps(steps, separators=(',', ':'))}"
        for run, steps in tone.runs.items()
    ]
    head = {
        "rules": tone.rules,
        "bias": tone.bias,
        "rule_bias": tone.rule_bias,
        "cuts": asdict(tone.cuts),
        "scale": tone.scale,
    }
    text = json.dumps(head)[:-1] + ', "runs": {\n' + ",\n".join(lines) + "\n}}\n"
    (LINT / FILE).write_text(text, "utf-8")
    print(f"{len(lines)} runs, {len(text.encode()) / 1024:.0f} KiB")  # noqa: T201 - what a script has to tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="each voice by a model without it; write nothing")
    measure_only = parser.parse_args().measure
    book = load_lint(LINT)
    own = list(own_wordings())
    rows = [*[row for row in replies() if not row.held_out], *own]
    cuts = calibrated(rows, unseen_cuts(rows, folds(rows), book))
    print(cuts)  # noqa: T201 - what a script has to tell
    if measure_only:
        everything = [*replies(), *own]
        voices = np.unique([row.source for row in everything], return_inverse=True)[1]
        report(everything, unseen_cuts(everything, voices, book), cuts.warned)
    else:
        write(tone_of(fit(rows), cuts))


if __name__ == "__main__":
    main()
