"""What goes with a formal reply, and texts for other readers: all for the agent alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.cases import Proposed
from bot.domain.desk import Dossier
from bot.domain.drafting.model import DraftSet
from bot.domain.letters.model import Letter
from bot.domain.reading.model import Intent
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words

MOST_SUMMARIES = 10
_SUMMARY_LIMIT = 120
_FOR_EXECUTIVES = frozenset({Intent.REWORK_DEMAND, Intent.MANAGER_REQUEST})


def buttons(dossier: Dossier, found: DraftSet, words: Words) -> Iterator[kit.Block]:
    """Only those that this case calls for."""
    proposed = {proposal.kind for proposal in found.proposals}
    if Proposed.WRITE_FORMAL_REPLY in proposed:
        yield kit.button(names.LETTER_FORMAL, words("button.letter_formal"), dossier.record.id)
    if Proposed.WRITE_MEMO in proposed:
        yield kit.button(names.LETTER_MEMO, words("button.letter_memo"), dossier.record.id)
    if _FOR_EXECUTIVES & set(found.reading.intents):
        yield kit.button(names.LETTER_EXECUTIVE, words("button.letter_executive"), dossier.record.id)


def note(dossier: Dossier, letter: Letter, memo: Letter | None, words: Words) -> Content:
    """Under the files: what is still to be filled, what our people noted, and the memo for the contact's boss."""
    lines = [words("letter.ready", customer=kit.escape(words.customer(dossier)))]
    if letter.blanks:
        lines.append(words("letter.blanks", count=letter.blanks))
    lines += _summaries(dossier, words)
    if memo is not None:
        lines += ["", words("letter.memo"), kit.quote(memo.text, kit.SECTION_LIMIT)]
    return Content("\n".join(lines))


def _summaries(dossier: Dossier, words: Words) -> Iterator[str]:
    """Our people's notes on their contacts; unlogged ones are asked for (rule 51)."""
    account = dossier.answer.account
    contacts = sorted(account.contacts.items, key=lambda contact: contact.at) if account else []
    if contacts:
        yield words("letter.contacts")
    for contact in contacts[-MOST_SUMMARIES:]:
        summary = kit.escape(kit.clip(contact.summary, _SUMMARY_LIMIT))
        yield f"• {words.clock(contact.at)} {kit.escape(contact.staff)}{words('style.colon')}{summary}"
    yield words("letter.unlogged")


def call(dossier: Dossier, minutes: int, words: Words) -> Content:
    return Content(words("letter.call", customer=kit.escape(words.customer(dossier)), minutes=minutes))


def texts(letters: Sequence[Letter], words: Words) -> Content:
    blocks = [block for letter in letters for block in (kit.section(f"*{letter.title}*"), kit.words(_body(letter)))]
    return Content(words("letter.texts"), (kit.context(words("letter.texts")), *blocks))


def _body(letter: Letter) -> str:
    return "\n".join(item for part in letter.parts for item in part.items)
