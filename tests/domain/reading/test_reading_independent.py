"""Messages by somebody who never saw the rules, and that nothing was trained or tuned on: what reading is worth.

Run with ``-v -s`` to see which messages are read otherwise than they are labelled.
"""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.reading.reader import Reader
from tests.domain.reading.conftest import MONDAY

MESSAGES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "reading" / "independent.jsonl").read_text("utf-8").splitlines()
]


def compared(reader, kind):
    for message in MESSAGES:
        found = {label.value for label in getattr(reader.read(message["text"], now=MONDAY), kind)}
        yield message, found, set(message[kind])


def micro_f1(reader, kind):
    counts = Counter()
    for _, found, wanted in compared(reader, kind):
        counts.update(hit=len(found & wanted), wrong=len(found ^ wanted))
    return 2 * counts["hit"] / (2 * counts["hit"] + counts["wrong"])


@pytest.mark.parametrize(("kind", "floor"), [("intents", 0.87), ("tactics", 0.82)])
def test_messages_by_another_hand_are_read_as_well_as_was_measured(request, reader, kind, floor):
    score = micro_f1(reader, kind)
    if request.config.option.verbose > 0:
        print(f"{kind}: micro-F1 {score:.3f}")  # noqa: T201 - asked for with -v
        for message, found, wanted in compared(reader, kind):
            if found != wanted:
                print(  # noqa: T201 - asked for with -v
                    f"  {message['id']} missed {sorted(wanted - found)} extra {sorted(found - wanted)}: {message['text']}"
                )
    assert score >= floor


@pytest.mark.parametrize("kind", ["intents", "tactics"])
def test_the_weights_help_where_the_rules_were_not_tuned(reader, lexicon, kind):
    assert micro_f1(reader, kind) > micro_f1(Reader(replace(lexicon, weights=None)), kind)


def test_messages_that_say_nothing_raise_no_more_alarms_than_was_measured(reader):
    quiet = [m for m in MESSAGES if not m["intents"] and not m["tactics"]]
    alarms = [m["id"] for m in quiet if reader.read(m["text"], now=MONDAY).evidence]
    assert len(alarms) <= 16, alarms
