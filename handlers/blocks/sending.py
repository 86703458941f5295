"""The form in which a draft is edited and sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.desk import DraftRecord, Locale
from bot.domain.lint.model import Finding, Level
from handlers import names
from handlers.blocks import kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary


class SendForm:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def view(
        self,
        draft: DraftRecord,
        memo: Memo,
        locale: Locale,
        *,
        text: str | None = None,
        warnings: Sequence[Finding] = (),
    ) -> kit.Block:
        """The draft, to be edited and sent. With ``warnings`` it has been submitted once already."""
        words = self._vocabulary(locale)
        field = kit.text_input("text", text or draft.text, multiline=True)
        blocks = [kit.field("text", words("form.send.text"), field, hint=words("form.send.hint"))]
        if warnings:
            listed = "\n".join(
                words("form.send.warning", text=kit.escape(w.text), why=words.why(w), suggestion=w.suggestion)
                for w in warnings
            )
            blocks.insert(0, kit.section(f"{words('form.send.warnings')}\n{listed}"))
        return kit.modal(names.SEND_FORM, words.frame("form.send"), memo.write(), blocks)

    def empty(self, locale: Locale) -> dict[str, str]:
        """The fault of a form without text, by field."""
        return {"text": self._vocabulary(locale)("form.send.empty")}

    def objection(self, findings: Sequence[Finding], locale: Locale) -> dict[str, str]:
        """Why a reply cannot be sent as it is, for the field it stands in; empty where it can."""
        words = self._vocabulary(locale)
        said = [
            words("form.send.objection", text=finding.text, why=words.why(finding), suggestion=finding.suggestion)
            for finding in findings
            if finding.severity is Level.BLOCK
        ]
        return {"text": kit.clip("\n".join(said), kit.ERROR_LIMIT)} if said else {}
