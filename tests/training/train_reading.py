"""Learns ``scripts_zh/lexicon/weights.json`` from labelled messages; with ``--measure`` only says how well that goes.

    .venv/bin/pip install numpy scipy               (not in the lock files: nothing else needs them)
    .venv/bin/python -m tests.training.train_reading [--measure]

Never reads ``heldout.jsonl`` and the ``independent`` sets: those are for measuring. Each hand
that wrote messages is measured by a model that saw none of its messages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bot.adapters.scripts.lexicon import load_lexicon
from bot.domain.reading.model import Intent
from bot.domain.reading.normalise import normalise
from bot.domain.reading.reader import Reader
from bot.domain.reading.runs import runs
from bot.domain.reading.weights import LABELS, MOST_WANTING, passages

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "scripts_zh" / "lexicon"
DATA = ROOT / "tests" / "data" / "reading"
HANDS = {
    "author_a": "a",
    "author_b": "b",
    "author_c": "c",
    "author_d": "d",
    "author_e": "d",
    "author_f": "d",
    "author_g": "d",
    "author_h": "d",
    "author_i": "d",
    "author_j": "d",
    "author_k": "k",
    "examples": "rules",
}
"""Who wrote which messages; what one hand wrote says little about how well another is understood."""
SILENT, SET_ASIDE, FOUND = range(3)
LONGEST = 3
"""Longer runs of characters made no difference to any hand, and the file half as large again."""
ROUNDS = 3
ITERATIONS = 70
STRENGTH = 8.0
"""Inverse of the regularisation; presence of a run counts ``PRESENCE`` for it."""
PRESENCE = 0.5
CUTS = (0.5, -3.5)
"""Scores above which a label is added where no rule spoke for it, and kept where one did. Chosen on ``author_i`` before
the rules or the model had seen its hand: F1 is flat between 0.2 and 0.5, and the higher cut raises fewer alarms. The
other messages are no guide, since the rules were widened by what they misread there.
"""
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
    for source in HANDS:
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
    known = sorted(run for run, times in seen.items() if times > 1 and len(run) <= LONGEST)
    vocabulary = {run: at for at, run in enumerate(known)}
    features, owner = matrix(rows, vocabulary), owners(rows)
    wanted = np.array([row.wanted for row in rows])[owner]
    alone = (np.bincount(owner)[owner] == 1)[:, None]
    used = alone | ~wanted
    weights = np.zeros((len(known) + 1, wanted.shape[1]))
    for _ in range(ROUNDS):
        weights = fit_labels(features, wanted, used, weights)
        used = alone | ~wanted | (wanted & best_passages(features @ weights[:-1] + weights[-1], owner))
    coefficients = weights[:-1].T.copy()
    coefficients[np.abs(coefficients * PRESENCE) < SMALLEST / SCALE] = 0
    return Model(vocabulary, coefficients, weights[-1])


def fit_labels(features: csr_matrix, wanted: np.ndarray, used: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Regularised logistic regressions, one a column, of the passages that are ``used``; the last row is the bias."""
    signs, transposed = np.where(wanted, 1.0, -1.0), features.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(start.shape)
        margins = signs * (features @ weights[:-1] + weights[-1])
        slopes = -STRENGTH * used * signs / (1 + np.exp(np.minimum(margins, 50.0)))
        gradient = weights + np.vstack([transposed @ slopes, slopes.sum(axis=0)])
        return STRENGTH * float((used * np.logaddexp(0, -margins)).sum()) + flat @ flat / 2, gradient.ravel()

    options = {"maxiter": ITERATIONS, "ftol": 1e-7, "gtol": 1e-2}
    return minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options).x.reshape(start.shape)


def best_passages(scores: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """For each label the one passage of each message that the model so far takes it to stand in.

    A label belongs to one passage of a long message. Passages of a message without the label speak against it; the
    others of one that has it say nothing.
    """
    best = np.zeros(scores.shape, dtype=bool)
    for label, column in enumerate(scores.T):
        order = np.lexsort((column, owner))
        best[order[np.append(owner[order][1:] != owner[order][:-1], True)], label] = True
    return best


def unseen_scores(rows: list[Message]) -> np.ndarray:
    """The scores of each message by a model that saw nothing of its hand."""
    hands = np.array([HANDS[row.source] for row in rows])
    scores = np.zeros((len(rows), len(LABELS)))
    for hand in np.unique(hands):
        inside = np.flatnonzero(hands == hand)
        model = fit([row for row, other in zip(rows, hands, strict=True) if other != hand])
        scores[inside] = model.scores([rows[at] for at in inside])
    return scores


def read(scores: np.ndarray, states: np.ndarray) -> np.ndarray:
    added, kept = CUTS
    return scores > np.array([added, np.inf, kept])[states]


def f1(labels: np.ndarray, wanted: np.ndarray) -> float:
    return float(2 * (labels & wanted).sum() / max(1, labels.sum() + wanted.sum()))


def report(rows: list[Message], scores: np.ndarray) -> None:
    states, wanted = np.array([row.ruled for row in rows]), np.array([row.wanted[:-1] for row in rows])
    sources = np.array([row.source for row in rows])
    middle = len(Intent)
    for source in HANDS:
        at = sources == source
        quiet = at & ~wanted.any(axis=1)
        for name, labels in (("rules", states == FOUND), ("with weights", read(scores, states))):
            print(  # noqa: T201 - what a script has to tell
                f"{source:10} {name:13} intents {f1(labels[at, :middle], wanted[at, :middle]):.3f}"
                f"  tactics {f1(labels[at, middle:], wanted[at, middle:]):.3f}"
                f"  alarms {labels[quiet].any(axis=1).sum()}/{quiet.sum()}"
            )


def write(model: Model) -> None:
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
        "cuts": dict(zip(("added", "kept"), CUTS, strict=True)),
        "scale": SCALE,
    }
    text = json.dumps(head)[:-1] + ', "runs": {\n' + ",\n".join(lines) + "\n}}\n"
    (LEXICON / "weights.json").write_text(text, "utf-8")
    print(f"{len(lines)} runs, {len(text.encode()) / 1024:.0f} KiB")  # noqa: T201 - what a script has to tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="how well each hand is read unseen; writes nothing")
    measure_only = parser.parse_args().measure
    rows = list(messages(Reader(replace(load_lexicon(LEXICON), weights=None))))
    if measure_only:
        report(rows, unseen_scores(rows))
    else:
        write(fit(rows))


if __name__ == "__main__":
    main()
