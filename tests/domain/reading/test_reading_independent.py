"""Messages by hands that never saw the rules, and that nothing was trained or tuned on: what reading is worth.

Run with ``-v -s`` to see which messages are read otherwise than they are labelled.
"""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.reading.reader import Reader
from tests.domain.reading.conftest import MONDAY

DATA = Path(__file__).parents[2] / "data" / "reading"
MESSAGES = {
    name: [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for name in ("independent", "independent2", "independent3")
}


def compared(reader, name, kind):
    for message in MESSAGES[name]:
        found = {label.value for label in getattr(reader.read(message["text"], now=MONDAY), kind)}
        yield message, found, set(message[kind])


def micro_f1(reader, name, kind):
    counts = Counter()
    for _, found, wanted in compared(reader, name, kind):
        counts.update(hit=len(found & wanted), wrong=len(found ^ wanted))
    return 2 * counts["hit"] / (2 * counts["hit"] + counts["wrong"])


@pytest.mark.parametrize(
    ("name", "kind", "floor"),
    [
        ("independent", "intents", 0.88),
        ("independent", "tactics", 0.85),
        ("independent2", "intents", 0.81),
        ("independent2", "tactics", 0.65),
        ("independent3", "intents", 0.9),
        ("independent3", "tactics", 0.93),
    ],
)
def test_messages_by_another_hand_are_read_as_well_as_was_measured(request, reader, name, kind, floor):
    score = micro_f1(reader, name, kind)
    if request.config.option.verbose > 0:
        print(f"{name} {kind}: micro-F1 {score:.3f}")  # noqa: T201 - asked for with -v
        for message, found, wanted in compared(reader, name, kind):
            if found != wanted:
                print(  # noqa: T201 - asked for with -v
                    f"  {message['id']} missed {sorted(wanted - found)} extra {sorted(found - wanted)}: {message['text']}"
                )
    assert score >= floor


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("kind", ["intents", "tactics"])
def test_the_weights_help_where_the_rules_were_not_tuned(reader, lexicon, name, kind):
    assert micro_f1(reader, name, kind) > micro_f1(Reader(replace(lexicon, weights=None)), name, kind)


@pytest.mark.parametrize(("name", "most"), [("independent", 12), ("independent2", 3), ("independent3", 1)])
def test_messages_that_say_nothing_raise_no_more_alarms_than_was_measured(reader, name, most):
    quiet = [m for m in MESSAGES[name] if not m["intents"] and not m["tactics"]]
    alarms = [m["id"] for m in quiet if reader.read(m["text"], now=MONDAY).evidence]
    assert len(alarms) <= most, alarms
