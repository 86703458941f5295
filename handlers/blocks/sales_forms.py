"""The forms of an opportunity: when to come back to it, and why it came to nothing."""

from __future__ import annotations

from bot.domain.desk import Locale
from bot.domain.renewals import Later
from handlers import names
from handlers.blocks import kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary

MAX_WHY = 500


class SalesForms:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def later(self, memo: Memo, locale: Locale) -> kit.Block:
        words = self._vocabulary(locale)
        options = [(later.value, words(f"later.{later.value}")) for later in Later]
        element = kit.select("later", words("form.choose"), options, Later.TOMORROW.value)
        blocks = [kit.field("later", words("form.later.later"), element)]
        return kit.modal(names.SALES_LATER_FORM, words.frame("form.later"), memo.write(), blocks)

    def why(self, form: str, memo: Memo, locale: Locale) -> kit.Block:
        """``form``: ``SALES_UNSUITABLE_FORM`` or ``SALES_LOST_FORM``."""
        words = self._vocabulary(locale)
        element = kit.text_input("why", multiline=True, most=MAX_WHY, hint=words("form.why.hint"))
        blocks = [kit.field("why", words("form.why.why"), element)]
        return kit.modal(form, words.frame("form.why"), memo.write(), blocks)

    def not_chosen(self, locale: Locale) -> dict[str, str]:
        return {"later": self._vocabulary(locale)("form.request.not_chosen")}

    def empty(self, locale: Locale) -> dict[str, str]:
        return {"why": self._vocabulary(locale)("form.send.empty")}
