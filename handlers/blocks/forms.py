"""The modal in which the terms of a decision are changed."""

from __future__ import annotations

from bot.domain.desk import Locale
from handlers import names
from handlers.blocks import kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary


class Forms:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def say(self, key: str, locale: Locale) -> str:
        """An interface text for a field."""
        return self._vocabulary(locale)(key)

    def counter(self, escalation_id: str, channel: str, locale: Locale) -> kit.Block:
        words = self._vocabulary(locale)
        terms = kit.text_input("terms", multiline=True, hint=words("form.counter.hint"))
        blocks = [kit.field("terms", words("form.counter.terms"), terms)]
        memo = Memo(escalation_id, channel)
        return kit.modal(names.COUNTER_FORM, words.frame("form.counter"), memo.write(), blocks)
