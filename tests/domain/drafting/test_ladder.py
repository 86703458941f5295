import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Done, Fault, Verdict
from bot.domain.drafting.ladder import ORDER, Progress, may_enter, missing_for, position
from bot.domain.drafting.model import Stage
from bot.domain.drafting.standing import Coverage


def progress(**changes):
    fields = {
        "calls_for_reply": True,
        "sales_only": False,
        "coverage": Coverage.UNCOVERED,
        "triaged": (),
        "fault": Fault.UNKNOWN,
        "verdict": None,
        "done": frozenset(),
    }
    return Progress(**(fields | changes))


STEPS = frozenset({Done.EXPECTATIONS_SET, Done.ACKNOWLEDGED, Done.EXPLAINED})


def test_rule_02_refusing_is_out_of_reach_before_triage():
    untriaged = progress(triaged=("severity",), done=STEPS)
    assert position(untriaged).stage is Stage.TRIAGE
    assert not any(may_enter(stage, untriaged) for stage in ORDER if stage is not Stage.TRIAGE)
    assert "missing.triage" in position(untriaged).missing


@pytest.mark.parametrize("field", ["severity", "difficulty", "hours", "cost"])
def test_rule_04_every_part_of_the_estimate_is_needed_before_a_branch(field):
    assert position(progress(triaged=(field,))).stage is Stage.TRIAGE


@pytest.mark.parametrize(
    ("done", "stage"),
    [
        ((), Stage.SET_EXPECTATIONS),
        ((Done.EXPECTATIONS_SET,), Stage.ACKNOWLEDGE),
        ((Done.EXPECTATIONS_SET, Done.ACKNOWLEDGED), Stage.EXPLAIN),
        (tuple(STEPS), Stage.SEEK_SUPPORT),
        ((*STEPS, Done.ESCALATED), Stage.SEEK_SUPPORT),
    ],
)
def test_the_rungs_come_one_after_another(done, stage):
    assert position(progress(done=frozenset(done))).stage is stage


def test_a_later_step_logged_alone_does_not_skip_the_earlier_ones():
    assert position(progress(done=frozenset({Done.EXPLAINED}))).stage is Stage.SET_EXPECTATIONS


def test_rule_40_compensation_opens_only_after_the_first_three_steps_and_where_the_fault_is_ours():
    checked = STEPS | {Done.HISTORY_CHECKED}
    assert position(progress(fault=Fault.OURS, done=checked)).stage is Stage.COMPENSATE
    assert position(progress(fault=Fault.THEIRS, done=checked)).stage is Stage.SEEK_SUPPORT
    for step in STEPS:
        assert not may_enter(Stage.COMPENSATE, progress(fault=Fault.OURS, done=checked - {step}))


def test_rule_42_no_compensation_before_the_history_was_checked():
    here = position(progress(fault=Fault.OURS, done=STEPS))
    assert here.stage is Stage.EXPLAIN
    assert here.missing == ("missing.history_checked",)


def test_a_decision_that_grants_opens_compensation_whatever_the_fault():
    granted = progress(fault=Fault.UNKNOWN, verdict=Verdict.COUNTER, done=STEPS | {Done.HISTORY_CHECKED})
    assert position(granted).stage is Stage.COMPENSATE


def test_rule_45_closing_needs_every_earlier_step_and_a_refusal_from_above():
    ready = progress(verdict=Verdict.DECLINE, done=STEPS | {Done.ESCALATED})
    assert position(ready).stage is Stage.CLOSE
    for step in STEPS:
        assert not may_enter(Stage.CLOSE, progress(verdict=Verdict.DECLINE, done=ready.done - {step}))
    assert missing_for(Stage.CLOSE, progress(done=ready.done)) == ("missing.decision_decline",)


@pytest.mark.parametrize(
    "changes",
    [{"calls_for_reply": False}, {"coverage": Coverage.COVERED}, {"sales_only": True}],
    ids=["nothing asked", "covered", "a question for sales"],
)
def test_some_never_enter_the_ladder(changes):
    assert position(progress(done=STEPS, **changes)).stage is Stage.NONE


def test_an_unknown_customer_stays_in_triage():
    here = position(progress(coverage=Coverage.UNKNOWN))
    assert (here.stage, here.missing) == (Stage.TRIAGE, ("missing.customer",))


progresses = st.builds(
    Progress,
    calls_for_reply=st.booleans(),
    sales_only=st.booleans(),
    coverage=st.sampled_from(Coverage),
    triaged=st.sampled_from([(), ("severity",), ("hours", "cost")]),
    fault=st.sampled_from(Fault),
    verdict=st.none() | st.sampled_from(Verdict),
    done=st.frozensets(st.sampled_from(Done)),
)


@given(progresses)
def test_nobody_stands_on_a_rung_whose_guards_are_not_met(case):
    here = position(case)
    assert missing_for(here.stage, case) == ()


@given(progresses, st.sampled_from(Done))
def test_logging_one_more_step_never_leads_back_down(case, step):
    before, after = position(case).stage, position(Progress(*_fields(case)[:-1], case.done | {step})).stage
    if before in ORDER and after in ORDER:
        assert ORDER.index(after) >= ORDER.index(before)


def _fields(case):
    return [getattr(case, name) for name in Progress.__slots__]
