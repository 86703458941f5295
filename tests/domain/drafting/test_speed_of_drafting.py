"""A lookup visits only what is filed under the situation: ten times the plays must not cost ten times the time."""

import time
from dataclasses import replace
from statistics import median

from bot.domain.drafting.drafter import Drafter
from bot.domain.drafting.plays import Playbook
from bot.domain.policy import Policy
from tests.casebook import HIGH, case, drafter, playbook, reading

TEXT = "ERP 月結一直跳錯，大家這麼熟，這次別收錢，不然換別家"
SAYS = {
    "support_request": "月結一直跳錯",
    "free_service": "別收錢",
    "favor_appeal": "這麼熟",
    "threat_switch": "換別家",
}


class Silent:
    def check(self, text, context=None):
        return ()


def grown(book: Playbook, times: int) -> Playbook:
    plays = tuple(replace(p, id=f"{p.id}.{n}", priority=p.priority - n) for n in range(times) for p in book.plays)
    return Playbook(plays, book.take_ups)


def cpu_of(book: Playbook) -> float:
    made, said, drafter = case(TEXT, triage=HIGH), reading(TEXT, SAYS), Drafter(book, Silent(), Policy())
    drafter.draft(made, said)
    times = []
    for _ in range(40):
        start = time.process_time_ns()
        drafter.draft(made, said)
        times.append(time.process_time_ns() - start)
    return median(times) / 1e6


def test_ten_times_the_plays_hardly_take_longer():
    once, ten = cpu_of(playbook()), cpu_of(grown(playbook(), 10))
    assert ten < 3 * once  # the benchmark holds it to 2; here it must not fail on a busy machine


def test_a_message_of_forty_thousand_characters_is_answered_as_fast_as_a_short_one():
    long = TEXT + "，然後又卡住了" * 6000
    made, said = case(TEXT, triage=HIGH), reading(TEXT, SAYS)
    made = replace(made, messages=(replace(made.messages[0], text=long[:40000]),))
    drafter().draft(made, said)
    times = []
    for _ in range(5):
        start = time.process_time_ns()
        drafter().draft(made, said)
        times.append(time.process_time_ns() - start)
    assert min(times) / 1e6 < 500
