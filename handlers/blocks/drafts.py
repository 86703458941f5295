"""Two drafts, as the agent sees them alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.desk import Dossier, DraftRecord
from bot.domain.drafting.model import DraftSet, Fact
from bot.ports import Content
from handlers import names
from handlers.blocks import kit, letters
from handlers.blocks.words import Words


def drafts(dossier: Dossier, found: DraftSet, records: Sequence[DraftRecord], words: Words) -> Content:
    if not records:
        return Content(words("draft.none"), (kit.section(words("draft.none")),))
    blocks = [kit.context(words("draft.title"), _where(dossier, found, words)), *draft_blocks(found, records, words)]
    again = kit.actions(
        kit.button(names.CASE_DRAFT, words("button.again"), dossier.record.id),
        kit.button(names.CASE_TRIAGE, words("button.triage"), dossier.record.id),
        kit.button(names.CASE_ESCALATE, words("button.escalate"), dossier.record.id),
        *letters.buttons(dossier, found, words),
    )
    return Content(words("draft.fallback"), (*blocks, again))


def draft_blocks(found: DraftSet, records: Sequence[DraftRecord], words: Words) -> Iterator[kit.Block]:
    """Each draft with its sources and the button that takes it."""
    for draft, record in zip(found.drafts, records, strict=True):
        use = kit.button(names.DRAFT_USE, words("button.use"), record.id, "primary")
        yield kit.section(f"*{words(f'tone.{draft.tone.value}')}*", use)
        yield kit.words(draft.text)
        notes = [words("draft.flagged", why=kit.escape(finding.why)) for finding in draft.findings]
        if draft.facts:
            notes.insert(0, words("draft.facts", facts=_facts(draft.facts, words)))
        if notes:
            yield kit.context(*notes)


def _where(dossier: Dossier, found: DraftSet, words: Words) -> str:
    customer = kit.escape(words.customer(dossier))
    return words("draft.context", customer=customer, stage=words(f"stage.{found.stage.value}"))


def _facts(facts: Sequence[Fact], words: Words) -> str:
    """``2026/10/31（CRM）``: each figure with the kind of place it came from."""
    shown = {fact.text: words(f"source.{fact.source.partition(':')[0]}") for fact in facts}
    return "、".join(f"{kit.escape(text)}（{source}）" for text, source in shown.items())
