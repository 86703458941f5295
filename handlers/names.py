"""The names under which Slack sends interactions back: they stand in messages that outlive a deploy.

Never reuse one.
"""

from __future__ import annotations

EVENTS_PATH = "/slack/events"
"""Where Slack sends its requests when HTTP is the transport."""

DRAFT_COMMAND = "/draft"
ESCALATE_COMMAND = "/escalate"
DESK_COMMAND = "/desk"

DRAFT_SHORTCUT = "draft_reply"

DRAFT_USE = "draft_use"
CASE_DRAFT = "case_draft"
CASE_TRIAGE = "case_triage"
CASE_ESCALATE = "case_escalate"
CASE_CUSTOMER = "case_customer"
LETTER_FORMAL = "letter_formal"
LETTER_MEMO = "letter_memo"
LETTER_EXECUTIVE = "letter_executive"
ESCALATION_APPROVE = "escalation_approve"
ESCALATION_DECLINE = "escalation_decline"
ESCALATION_COUNTER = "escalation_counter"

SEND_FORM = "send_form"
TRIAGE_FORM = "triage_form"
COUNTER_FORM = "counter_form"
