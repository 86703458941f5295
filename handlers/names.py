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
DRAFT_AGAIN = "draft_again"
DRAFT_SHORTER = "draft_shorter"
DRAFT_SCRIPT = "draft_script"
DRAFT_UNFOLD = "draft_unfold"
DRAFT_FOLD = "draft_fold"
DRAFT_KEEP = "draft_keep"
DRAFT_THROW = "draft_throw"
HINT_DISMISS = "hint_dismiss"
HINTS_OFF = "hints_off"
HOME_PAGE = "home_page"
HOME_LANGUAGE = "home_language"
HOME_HINTS = "home_hints"
HOME_REFRESH = "home_refresh"
PROMISE_KEPT = "promise_kept"
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
