"""How well messages are read, on development data and on examples held out while the lexicon was built."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.domain.reading.conftest import MONDAY

DATA = Path(__file__).parents[2] / "data" / "reading"
FLOORS = {"examples": 0.95, "heldout": 0.82}


def rows(name):
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def micro_f1(reader, messages, kind):
    counts = Counter()
    for message in messages:
        found = {label.value for label in getattr(reader.read(message["text"], now=MONDAY), kind)}
        wanted = set(message[kind])
        counts.update(hit=len(found & wanted), wrong=len(found ^ wanted))
    return 2 * counts["hit"] / (2 * counts["hit"] + counts["wrong"])


@pytest.mark.parametrize("name", FLOORS)
@pytest.mark.parametrize("kind", ["intents", "tactics"])
def test_labels_are_read_as_well_as_was_measured(reader, name, kind):
    assert micro_f1(reader, rows(name), kind) >= FLOORS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_few_messages_without_labels_raise_an_alarm(reader, name):
    quiet = [m for m in rows(name) if not m["intents"] and not m["tactics"]]
    alarms = [m["id"] for m in quiet if reader.read(m["text"], now=MONDAY).evidence]
    assert len(alarms) <= max(1, 0.1 * len(quiet)), alarms


@pytest.mark.parametrize("name", FLOORS)
def test_the_variant_is_recognised(reader, name):
    messages = rows(name)
    right = sum(reader.read(m["text"], now=MONDAY).variant.value == m["variant"] for m in messages)
    assert right >= 0.98 * len(messages)
