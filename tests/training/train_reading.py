"""Learns ``scripts_zh/lexicon/weights.json`` from labelled messages; with ``--measure`` only says how well that goes.

    .venv/bin/pip install numpy scikit-learn        (not in the lock files: nothing else needs them)
    .venv/bin/python -m tests.training.train_reading [--measure]

Never reads ``heldout.jsonl`` and ``independent.jsonl``: those are for measuring. The cuts between adding, leaving
and withdrawing a label are set on messages that the rules were not written with, by scores of models that did
not see them, so that rules are trusted no further than they deserve.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.adapters.scripts.lexicon import load_lexicon
from bot.domain.reading.model import Intent
from bot.domain.reading.normalise import normalise
from bot.domain.reading.reader import Reader
from bot.domain.reading.runs import runs
from bot.domain.reading.weights import LABELS, MOST_WANTING, passages

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "scripts_zh" / "lexicon"
DATA = ROOT / "tests" / "data" / "reading"
SOURCES = ("author_a", "author_b", "author_c", "examples")
SEEN_BY_RULES = "examples"
"""The rules were written with these, and say nothing there about how far to trust them."""
SILENT, SET_ASIDE, FOUND = range(3)
FOLDS = 5
ROUNDS = 3
STRENGTH = 4.0
"""Inverse of the regularisation; presence of a run counts ``PRESENCE`` for it."""
PRESENCE = 0.5
ADDED_FROM, KEPT_FROM = 0.5, 0.35
"""A label that no rule spoke for is added when it is more likely right than not; rules are believed a little longer."""
SCALE = 100
SMALLEST = 8
"""Weights below this many hundredths are left out of the file."""


@dataclass(frozen=True, slots=True)
class Message:
    source: str
    passages: tuple[frozenset[str], ...]
    """The runs of characters of each."""
    wanted: tuple[bool, ...]
    ruled: tuple[int, ...]
    """For each label: ``SILENT``, ``SET_ASIDE`` or ``FOUND``."""


def messages(reader: Reader) -> Iterator[Message]:
    for source in SOURCES:
        for line in (DATA / f"{source}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            ruled = reader.by_rules(normalise(row["text"]))
            found = {mark.name for mark in ruled.marks}
            wanted = [label.value in row["intents"] + row["tactics"] for label in LABELS]
            states = tuple(
                FOUND if name in found else SET_ASIDE if name in ruled.heard else SILENT for name in map(str, LABELS)
            )
            found_in = [runs(ruled.plain[slice(*span)]) for span in passages(ruled.plain, ruled.segments)]
            yield Message(source, tuple(map(frozenset, found_in)), (*wanted, any(wanted)), states)


@dataclass(frozen=True, slots=True)
class Model:
    vocabulary: dict[str, int]
    coefficients: np.ndarray
    bias: np.ndarray

    def scores(self, rows: list[Message]) -> np.ndarray:
        """That of the passage that speaks most for each label."""
        sums = matrix(rows, self.vocabulary) @ self.coefficients.T + self.bias
        best = np.full((len(rows), len(LABELS)), -np.inf)
        np.maximum.at(best, owners(rows), sums[:, :-1] + np.minimum(sums[:, -1:], MOST_WANTING))
        return best


def owners(rows: list[Message]) -> np.ndarray:
    """For each passage the index of its message."""
    return np.repeat(np.arange(len(rows)), [len(row.passages) for row in rows])


def matrix(rows: list[Message], vocabulary: dict[str, int]) -> csr_matrix:
    columns = [
        [vocabulary[run] for run in sorted(passage) if run in vocabulary] for row in rows for passage in row.passages
    ]
    bounds = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for line in columns for column in line])
    return csr_matrix((np.full(len(flat), PRESENCE), flat, bounds), shape=(len(columns), len(vocabulary)))


def fit(rows: list[Message]) -> Model:
    seen = Counter(run for row in rows for passage in row.passages for run in passage)
    vocabulary = {run: at for at, run in enumerate(sorted(run for run, times in seen.items() if times > 1))}
    features, owner = matrix(rows, vocabulary), owners(rows)
    wanted = np.array([row.wanted for row in rows])[owner]
    models = [fit_label(features, owner, column) for column in wanted.T]
    coefficients = np.vstack([model.coef_ for model in models])
    coefficients[np.abs(coefficients * PRESENCE) < SMALLEST / SCALE] = 0
    return Model(vocabulary, coefficients, np.array([model.intercept_[0] for model in models]))


def fit_label(features: csr_matrix, owner: np.ndarray, wanted: np.ndarray) -> LogisticRegression:
    """A label belongs to one passage of a long message; which one, the model so far says.

    Passages of a message without the label speak against it. The others of one that has it say nothing.
    """
    alone = np.bincount(owner)[owner] == 1
    used = alone | ~wanted
    for _ in range(ROUNDS):
        model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(features[used], wanted[used])
        scores = model.decision_function(features)
        used = alone | ~wanted
        for message in np.unique(owner[~alone & wanted]):
            own = np.flatnonzero(owner == message)
            used[own[scores[own].argmax()]] = True
    return model


def folds(rows: list[Message]) -> np.ndarray:
    """A fold for each message; near-duplicates share theirs."""
    group = list(range(len(rows)))
    holders: dict[str, list[int]] = {}
    triples = [sorted(run for run in frozenset().union(*row.passages) if len(run) == 3) for row in rows]
    for at, mine in enumerate(triples):
        shared = Counter(other for run in mine for other in holders.get(run, ()))
        for other, count in shared.items():
            if count > 0.2 * (len(mine) + len(triples[other]) - count):
                group[at] = group[other]
        for run in mine:
            holders.setdefault(run, []).append(at)
    chosen = np.random.RandomState(0).randint(FOLDS, size=len(rows))
    return chosen[group]


def unseen_scores(rows: list[Message]) -> np.ndarray:
    """The scores of each message by a model that was fitted without it."""
    fold = folds(rows)
    scores = np.zeros((len(rows), len(LABELS)))
    for number in range(FOLDS):
        inside = np.flatnonzero(fold == number)
        model = fit([row for row, where in zip(rows, fold, strict=True) if where != number])
        scores[inside] = model.scores([rows[at] for at in inside])
    return scores


def calibrated(scores: np.ndarray, states: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """``added`` and ``kept``: the scores at which a label is right as often as ``ADDED_FROM`` and ``KEPT_FROM``."""
    cuts = []
    for state, share in ((SILENT, ADDED_FROM), (FOUND, KEPT_FROM)):
        at = states == state
        line = LogisticRegression(C=1e4).fit(scores[at][:, None], wanted[at])
        cuts.append(round(float((np.log(share / (1 - share)) - line.intercept_[0]) / line.coef_[0, 0]), 2))
    return cuts[0], cuts[1]


def read(scores: np.ndarray, states: np.ndarray, cuts: tuple[float, float]) -> np.ndarray:
    return scores > np.array([cuts[0], np.inf, cuts[1]])[states]


def f1(labels: np.ndarray, wanted: np.ndarray) -> float:
    return float(2 * (labels & wanted).sum() / max(1, labels.sum() + wanted.sum()))


def report(rows: list[Message], scores: np.ndarray, cuts: tuple[float, float]) -> None:
    states, wanted = np.array([row.ruled for row in rows]), np.array([row.wanted[:-1] for row in rows])
    sources = np.array([row.source for row in rows])
    middle = len(Intent)
    for source in SOURCES:
        at = sources == source
        quiet = at & ~wanted.any(axis=1)
        for name, labels in (("rules", states == FOUND), ("with weights", read(scores, states, cuts))):
            print(  # noqa: T201 - what a script has to tell
                f"{source:10} {name:13} intents {f1(labels[at, :middle], wanted[at, :middle]):.3f}"
                f"  tactics {f1(labels[at, middle:], wanted[at, middle:]):.3f}"
                f"  alarms {labels[quiet].any(axis=1).sum()}/{quiet.sum()}"
            )


def write(model: Model, cuts: tuple[float, float]) -> None:
    """One run of characters a line, so that changes can be read."""
    steps = (model.coefficients * PRESENCE * SCALE).round().astype(int)
    lines = [
        f"  {json.dumps(run, ensure_ascii=False)}: {json.dumps(flat, separators=(',', ':'))}"
        for run, at in model.vocabulary.items()
        if (flat := [int(value) for index in np.flatnonzero(steps[:, at]) for value in (index, steps[index, at])])
    ]
    head = {
        "labels": [label.value for label in LABELS],
        "bias": model.bias.round(2).tolist(),
        "cuts": dict(zip(("added", "kept"), cuts, strict=True)),
        "scale": SCALE,
    }
    text = json.dumps(head)[:-1] + ', "runs": {\n' + ",\n".join(lines) + "\n}}\n"
    (LEXICON / "weights.json").write_text(text, "utf-8")
    print(f"{len(lines)} runs, {len(text.encode()) / 1024:.0f} KiB")  # noqa: T201 - what a script has to tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="cross-validate, write nothing")
    measure_only = parser.parse_args().measure
    rows = list(messages(Reader(replace(load_lexicon(LEXICON), weights=None))))
    scores = unseen_scores(rows)
    honest = [at for at, row in enumerate(rows) if row.source != SEEN_BY_RULES]
    states, wanted = np.array([row.ruled for row in rows]), np.array([row.wanted[:-1] for row in rows])
    cuts = calibrated(scores[honest], states[honest], wanted[honest])
    print("cuts", cuts)  # noqa: T201 - what a script has to tell
    report(rows, scores, cuts)
    if not measure_only:
        write(fit(rows), cuts)


if __name__ == "__main__":
    main()
