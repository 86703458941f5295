"""A hint on somebody's own message, as they alone see it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.lint.model import Finding
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words

MOST = 3


def hint(findings: Sequence[Finding], words: Words) -> Content:
    """What was said, why it does harm, and a better wording; the way to have no more of these."""
    said = [
        words(
            "hint.finding",
            text=kit.escape(finding.text),
            why=kit.escape(words.why(finding)),
            suggestion=kit.escape(finding.suggestion),
        )
        for finding in findings[:MOST]
    ]
    blocks = (
        kit.section("\n".join([f"*{words('hint.title')}*", *said])),
        kit.context(words("hint.note")),
        kit.actions(
            kit.button(names.HINT_DISMISS, words("button.understood"), "hint"),
            kit.button(names.HINTS_OFF, words("button.hints_off"), "hints"),
        ),
    )
    return Content(words("hint.title"), blocks)
