"""What reading and drafting cost the processor: per message, with ten times the scripts, and at the worst."""

from __future__ import annotations

import gc
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from statistics import median
from typing import Any, TypeVar

from bot.domain.cases import Case, Done, Speaker, Utterance
from bot.domain.drafting.drafter import Drafter
from bot.domain.drafting.plays import Playbook, When
from bot.domain.reading.lexicon import Lexicon, Rule
from bot.domain.reading.reader import Reader
from bot.knowledge import load_knowledge
from config.settings import load_settings
from tests.bench.inputs import odd_inputs
from tests.casebook import HIGH, LOW, NOW, case
from tests.scenarios.desk import ROOT

LENGTH = 200
TIMES = 10
ODD_INPUTS = 10_000
RECHECKED = 50

T = TypeVar("T")
Run = Callable[[], object]
Prepare = Callable[[T], Run]

_NOT_DONE = (Done.PROMISE_LOGGED, Done.COMPENSATED, Done.ENGINEER_ASKED)
SITUATIONS: tuple[dict[str, Any], ...] = (
    {},
    {"triage": LOW},
    {"triage": HIGH, "fault": "ours"},
    {"state": "active", "fault": "theirs"},
    {"triage": HIGH, "decision": {"verdict": "decline", "by": "supervisor"}},
)


def measure() -> dict[str, float]:
    """Milliseconds of processor time; growth is a ratio."""
    known = load_knowledge(load_settings())
    messages = messages_of_length(LENGTH)
    odd = list(odd_inputs(ODD_INPUTS, literals_of(known.reader._lexicon), messages))
    return compare(
        "read",
        partial(prepared_reading, known.reader),
        partial(prepared_reading, enlarged_reader(known.reader, TIMES)),
        messages,
        odd,
    ) | compare(
        "draft",
        partial(prepared_draft, known.drafter, known.reader),
        partial(prepared_draft, enlarged_drafter(known.drafter, TIMES), known.reader),
        cases_of(messages),
        cases_of(odd),
    )


def compare(name: str, once: Prepare[T], large: Prepare[T], usual: Sequence[T], odd: Sequence[T]) -> dict[str, float]:
    gc.collect()
    gc.freeze()  # what was built once is not walked through in every measurement
    usual_once, usual_large = costs(once, large, usual)
    found = {
        f"{name}_ms": median(usual_once),
        f"{name}_growth": median(usual_large) / median(usual_once),
        f"{name}_worst_ms": worst(once, odd),
    }
    gc.unfreeze()
    return found


def cases_of(texts: Sequence[str]) -> list[Case]:
    """A case for each text, in situations that take turns."""
    made = [case("…", **fields) for fields in SITUATIONS]
    return [
        replace(made[number % len(made)], id=f"bench-{number}", messages=(Utterance(Speaker.CUSTOMER, text),))
        for number, text in enumerate(texts)
    ]


def messages_of_length(length: int) -> list[str]:
    """Longer messages of several hands, two to four put together to be as long: short ones say more in less."""
    lines = chain.from_iterable(
        (ROOT / "tests" / "data" / "reading" / f"{name}.jsonl").read_text("utf-8").splitlines()
        for name in ("author_a", "author_b", "author_c")
    )
    messages, text = [], ""
    for line in lines:
        said = json.loads(line)["text"]
        text += f"{said}。" if len(said) >= length // 4 else ""
        if len(text) >= length:
            messages.append(text[:length])
            text = ""
    return messages


def literals_of(lexicon: Lexicon) -> list[str]:
    """The words that the lexicon looks for."""
    return sorted({word for rule in lexicon.rules for need in rule.pattern.needs for word in need})


def enlarged_reader(reader: Reader, times: int) -> Reader:
    """Each entry again, ``times - 1`` times, each time with one more word of the trade that has to follow."""
    chosen, lexicon = random.Random(11), reader._lexicon
    words = [word for word in literals_of(lexicon) if len(word) == 2]
    more = [_followed_by(rule, chosen.choice(words)) for rule in lexicon.rules for _ in range(times - 1)]
    return Reader(replace(lexicon, rules=(*lexicon.rules, *more)), calendar=reader._calendar)


def _followed_by(rule: Rule, word: str) -> Rule:
    pattern = rule.pattern
    longer = replace(
        pattern,
        source=f"{pattern.source}~4{word}",
        expression=f"(?:{pattern.expression})[^,;:]{{0,4}}{re.escape(word)}",
        needs=(*pattern.needs, frozenset([word])),
    )
    return replace(rule, pattern=longer)


def enlarged_drafter(drafter: Drafter, times: int) -> Drafter:
    """Each play and take-up again, ahead of itself, each time on one more condition that does not hold."""
    book = drafter._plays
    plays = [
        replace(play, id=f"{play.id}.{n}", priority=play.priority + n, when=_narrowed(play.when, n))
        for play in book.plays
        for n in range(1, times)
    ]
    take_ups = [
        replace(item, id=f"{item.id}.{n}", weight=item.weight + n, when=_narrowed(item.when, n))
        for item in book.take_ups
        for n in range(1, times)
    ]
    large = Playbook((*book.plays, *plays), (*book.take_ups, *take_ups))
    return Drafter(large, drafter._linter, drafter._policy)


def _narrowed(when: When, number: int) -> When:
    return replace(when, done=when.done | {_NOT_DONE[number % len(_NOT_DONE)]})


def prepared_reading(reader: Reader, text: str) -> Run:
    return partial(reader.read, text, now=NOW)


def prepared_draft(drafter: Drafter, reader: Reader, made: Case) -> Run:
    """Drafting alone: what was read is at hand."""
    return partial(drafter.draft, made, reader.read(made.messages[-1].text, now=NOW))


def costs(first: Prepare[T], second: Prepare[T], items: Iterable[T]) -> tuple[list[float], list[float]]:
    """Milliseconds of both for each item, one after the other, so that a busy machine troubles both alike.

    The best of three counts: a pattern is compiled when a text first needs it.
    """
    pairs = [[min(cost(run), cost(run), cost(run)) for run in (first(item), second(item))] for item in items]
    return [one for one, _ in pairs], [other for _, other in pairs]


def worst(prepare: Prepare[T], items: Iterable[T]) -> float:
    """Milliseconds of the dearest item; what looks dear is measured again, because a slow moment is no slow input."""
    once = sorted(((cost(run), run) for run in map(prepare, items)), key=lambda found: found[0], reverse=True)
    return max(min(cost(run), cost(run), cost(run)) for _, run in once[:RECHECKED])


def cost(run: Run) -> float:
    begun = time.thread_time_ns()
    run()
    return (time.thread_time_ns() - begun) / 1e6
