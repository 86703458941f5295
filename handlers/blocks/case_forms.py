"""The forms in which cases are merged and split."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.desk import Locale, MessageRecord
from bot.services.lifecycle import Companion
from handlers import names
from handlers.blocks import kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary, Words

MOST_OPTIONS = 100


class CaseForms:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def merge(self, companions: Sequence[Companion], memo: Memo, locale: Locale) -> kit.Block:
        words = self._vocabulary(locale)
        options = [(c.record.id, _line(c.record.opened_at, c.first_words, words)) for c in companions]
        return _choice(names.MERGE_FORM, "merge", "target", options, memo, words)

    def split(self, points: Sequence[MessageRecord], memo: Memo, locale: Locale) -> kit.Block:
        """The newest messages, where there are more than a menu can hold."""
        words = self._vocabulary(locale)
        options = [(message.ts, _line(message.at, message.text, words)) for message in points[-MOST_OPTIONS:]]
        return _choice(names.SPLIT_FORM, "split", "from", options, memo, words)


def _choice(
    callback_id: str, form: str, field: str, options: Sequence[tuple[str, str]], memo: Memo, words: Words
) -> kit.Block:
    label = words(f"form.{form}.{field}")
    choice = kit.field(field, label, kit.select(field, label, options), hint=words(f"form.{form}.hint"))
    return kit.modal(callback_id, words.frame(f"form.{form}"), memo.write(), [choice])


def _line(at: datetime, text: str, words: Words) -> str:
    return words("form.case.option", time=words.clock(at), words=" ".join(text.split()))
