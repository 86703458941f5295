"""A hint says why in the reader's language, and what to say instead in the customer's."""

import pytest

from bot.domain.desk import Locale
from bot.domain.lint.model import Finding, Level
from bot.services.knowledge import LiveKnowledge
from handlers.blocks.hints import hint
from handlers.blocks.words import Vocabulary
from tests.services.casebench import knowledge

FINDING = Finding(
    "policy_shield", Level.BLOCK, (0, 4), "這是規定", "像擋箭牌", "我能做的是…", "It hides behind a rule."
)


@pytest.mark.parametrize(
    ("locale", "why"),
    [(Locale.HANT, "像擋箭牌"), (Locale.HANS, "像擋箭牌"), (Locale.EN, "It hides behind a rule.")],
)
def test_the_reason_is_in_the_readers_language(locale: Locale, why: str):
    said = str(hint([FINDING], Vocabulary(LiveKnowledge(knowledge()))(locale)).blocks)

    assert why in said
    assert "我能做的是…" in said
