"""What to do next in a case, each with the reason: pure rules over the situation."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.cases import Done, Proposal, Proposed, Severity, Verdict
from bot.domain.drafting.model import Stage
from bot.domain.drafting.plays import Label
from bot.domain.drafting.situation import Branch, Flag, Situation
from bot.domain.drafting.standing import Coverage
from bot.domain.reading.model import Intent, Tactic

Rule = tuple[Proposed, str, Callable[[Situation], bool]]


def propose(situation: Situation) -> tuple[Proposal, ...]:
    """In order of urgency; each kind at most once, with the first reason that applies."""
    found: dict[Proposed, Proposal] = {}
    for kind, reason, applies in _RULES:
        if kind not in found and applies(situation):
            found[kind] = Proposal(kind, reason)
    return tuple(found.values())


_THREATS = (Tactic.THREAT_SWITCH, Tactic.THREAT_COMPLAINT, Tactic.THREAT_EXPOSURE, Tactic.THREAT_LEGAL)
_PUBLIC = (Tactic.THREAT_COMPLAINT, Tactic.THREAT_EXPOSURE, Tactic.THREAT_LEGAL)
_MONEY = (Intent.DAMAGE_CLAIM, Intent.COMPENSATION_REQUEST)


def _says(situation: Situation, *labels: Label) -> bool:
    said = situation.intents | situation.tactics
    return any(label in said for label in labels)


def _uncovered(situation: Situation) -> bool:
    return situation.standing.coverage is Coverage.UNCOVERED


def _open(situation: Situation) -> bool:
    """No decision yet, and nobody above was asked."""
    return situation.verdict is None and not situation.done & {Done.ESCALATED, Done.WAIVER_REQUESTED}


def _sized_up(situation: Situation) -> bool:
    return situation.stage not in (Stage.TRIAGE, Stage.NONE)


def _on(situation: Situation, *stages: Stage) -> bool:
    return situation.stage in stages


_RULES: tuple[Rule, ...] = (
    (Proposed.CHOOSE_CUSTOMER, "propose.choose_customer.several", lambda s: Flag.SEVERAL_CUSTOMERS in s.flags),
    (Proposed.CHOOSE_CUSTOMER, "propose.choose_customer.none", lambda s: Flag.NO_ACCOUNT in s.flags),
    (
        Proposed.ASK_TRIAGE,
        "propose.ask_triage.product",
        lambda s: s.standing.ambiguous,
    ),
    (
        Proposed.ASK_TRIAGE,
        "propose.ask_triage.incomplete",
        lambda s: s.stage is Stage.TRIAGE and Flag.TRIAGED not in s.flags,
    ),
    (
        Proposed.ASK_TRIAGE,
        "propose.ask_triage.help",
        lambda s: s.covered and Flag.SERVICE_WANTED in s.flags and s.severity is None,
    ),
    (
        Proposed.ALERT_BYPASS,
        "propose.alert_bypass",
        lambda s: _says(s, Intent.DIRECT_ENGINEER) and _uncovered(s),
    ),
    (
        Proposed.CHECK_HISTORY,
        "propose.check_history",
        lambda s: Flag.MONEY_WANTED in s.flags and Done.HISTORY_CHECKED not in s.done,
    ),
    (
        Proposed.CHECK_HISTORY,
        "propose.check_history",
        lambda s: "missing.history_checked" in s.missing,
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.over_cap",
        lambda s: Flag.OVER_CAP in s.flags,
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.repeat_claimant",
        lambda s: Flag.REPEAT_CLAIMANT in s.flags and Flag.MONEY_WANTED in s.flags and _open(s),
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.waiver",
        lambda s: _on(s, Stage.SET_EXPECTATIONS) and s.branch is Branch.LOW and _open(s),
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.support",
        lambda s: _on(s, Stage.SEEK_SUPPORT) and Done.ESCALATED not in s.done and s.verdict is None,
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.manager",
        lambda s: _says(s, Intent.MANAGER_REQUEST) and _open(s),
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.claim",
        lambda s: _says(s, *_MONEY) and _open(s) and (s.covered or _sized_up(s)),
    ),
    (
        Proposed.OPEN_ESCALATION,
        "propose.open_escalation.crisis",
        lambda s: s.severity is Severity.CRITICAL and _open(s),
    ),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.close", lambda s: _on(s, Stage.CLOSE)),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.legal", lambda s: _says(s, Tactic.THREAT_LEGAL)),
    (
        Proposed.REPORT_SUPERVISOR,
        "propose.report_supervisor.threat",
        lambda s: _says(s, *_THREATS, Tactic.BLAME_SHIFT),
    ),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.secrecy", lambda s: _says(s, Tactic.SECRECY)),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.insult", lambda s: _says(s, Tactic.INSULT)),
    (
        Proposed.REPORT_SUPERVISOR,
        "propose.report_supervisor.broken",
        lambda s: Flag.OVERDUE in s.flags or _says(s, Intent.BROKEN_PROMISE),
    ),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.support", lambda s: _on(s, Stage.SEEK_SUPPORT)),
    (Proposed.REPORT_SUPERVISOR, "propose.report_supervisor.repeat", lambda s: Flag.REPEAT in s.flags),
    (
        Proposed.REPORT_SUPERVISOR,
        "propose.report_supervisor.complaint",
        lambda s: _says(s, Intent.SERVICE_COMPLAINT, Intent.MANAGER_REQUEST),
    ),
    (Proposed.OFFER_RELIEF, "propose.offer_relief", lambda s: _says(s, Tactic.INSULT)),
    (
        Proposed.ASK_ENGINEERING,
        "propose.ask_engineering",
        lambda s: _says(s, Intent.OVERPROMISE_DISPUTE) and Done.ENGINEER_ASKED not in s.done,
    ),
    (
        Proposed.LOG_PROMISE,
        "propose.log_promise",
        lambda s: (Flag.OVERDUE in s.flags or _says(s, Intent.BROKEN_PROMISE)) and Flag.PROMISED not in s.flags,
    ),
    (
        Proposed.START_CADENCE,
        "propose.start_cadence.progress",
        lambda s: _says(s, Intent.PROGRESS_INQUIRY, Intent.BROKEN_PROMISE, Intent.ALL_URGENT),
    ),
    (
        Proposed.START_CADENCE,
        "propose.start_cadence.severity",
        lambda s: s.severity in (Severity.HIGH, Severity.CRITICAL) and Flag.SERVICE_WANTED in s.flags,
    ),
    (
        Proposed.WRITE_FORMAL_REPLY,
        "propose.write_formal_reply",
        lambda s: _says(s, Intent.DAMAGE_CLAIM, Tactic.THREAT_LEGAL),
    ),
    (Proposed.SCHEDULE_CALL, "propose.schedule_call", lambda s: _says(s, Intent.DAMAGE_CLAIM)),
    (
        Proposed.WRITE_MEMO,
        "propose.write_memo.renewal",
        lambda s: _on(s, Stage.SET_EXPECTATIONS) and s.branch is Branch.HIGH and s.verdict is not Verdict.APPROVE,
    ),
    (
        Proposed.WRITE_MEMO,
        "propose.write_memo.boss",
        lambda s: _says(s, Tactic.PITY) and s.stage is not Stage.TRIAGE,
    ),
    (
        Proposed.TAG_SALES,
        "propose.tag_sales.asked",
        lambda s: _says(s, Intent.RENEWAL_INQUIRY, Intent.RENEWAL_DECLINE, Intent.PURCHASE_INTEREST) and _untagged(s),
    ),
    (
        Proposed.TAG_SALES,
        "propose.tag_sales.threat",
        lambda s: _says(s, Tactic.THREAT_SWITCH, Tactic.RENEWAL_BAIT) and _untagged(s),
    ),
    (
        Proposed.TAG_SALES,
        "propose.tag_sales.need",
        lambda s: _uncovered(s) and _sized_up(s) and Flag.SERVICE_WANTED in s.flags and _untagged(s),
    ),
    (Proposed.TAG_SALES, "propose.tag_sales.expiring", lambda s: s.state == "expiring" and _untagged(s)),
    (Proposed.CLOSE_CONTACT, "propose.close_contact", lambda s: _on(s, Stage.CLOSE)),
)


def _untagged(situation: Situation) -> bool:
    return Done.SALES_TAGGED not in situation.done
