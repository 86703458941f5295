"""Two drafts, as the agent sees them alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.desk import Dossier, DraftRecord
from bot.domain.drafting.model import DraftSet, Fact
from bot.domain.reading.model import Variant
from bot.ports import Content
from handlers import names
from handlers.blocks import kit, letters
from handlers.blocks.words import Words


def drafts(
    dossier: Dossier,
    found: DraftSet,
    records: Sequence[DraftRecord],
    words: Words,
    *,
    unfolded: bool = False,
    shortest: bool = False,
) -> Content:
    """The customer, the two drafts and the buttons; sources only where they were asked for."""
    if not records:
        return Content(words("draft.none"), (kit.section(words("draft.none")),))
    blocks = [
        kit.context(words("draft.title"), _where(dossier, found, words)),
        *draft_blocks(found, records, words, unfolded=unfolded),
        *_notes(records, words, shortest=shortest),
        kit.actions(*_reworking(found, records, words, unfolded=unfolded, shortest=shortest)),
        kit.actions(
            kit.button(names.CASE_TRIAGE, words("button.triage"), dossier.record.id),
            kit.button(names.CASE_ESCALATE, words("button.escalate"), dossier.record.id),
            *letters.buttons(dossier, found, words),
        ),
    ]
    return Content(words("draft.fallback"), tuple(blocks))


def draft_blocks(
    found: DraftSet, records: Sequence[DraftRecord], words: Words, *, unfolded: bool = True
) -> Iterator[kit.Block]:
    """Each draft with the button that takes it, and with its sources where they are ``unfolded``."""
    for draft, record in zip(found.drafts, records, strict=True):
        use = kit.button(names.DRAFT_USE, words("button.use"), record.id, "primary")
        yield kit.section(f"*{words(f'tone.{draft.tone.value}')}*", use)
        yield kit.words(draft.text)
        notes = [words("draft.flagged", why=kit.escape(words.why(finding))) for finding in draft.findings]
        if unfolded:
            facts = _facts(draft.facts, words)
            notes.insert(0, words("draft.facts", facts=facts) if facts else words("draft.no_facts"))
        if notes:
            yield kit.context(*notes)


def _reworking(
    found: DraftSet, records: Sequence[DraftRecord], words: Words, *, unfolded: bool, shortest: bool
) -> Iterator[kit.Block]:
    first = records[0]
    yield kit.button(names.DRAFT_AGAIN, words("button.again"), first.sheet)
    if not (shortest or first.request.short):
        yield kit.button(names.DRAFT_SHORTER, words("button.shorter"), first.sheet)
    other = Variant.HANS if found.reading.variant is Variant.HANT else Variant.HANT
    yield kit.button(names.DRAFT_SCRIPT, words(f"button.script.{other.value}"), first.sheet)
    fold = "fold" if unfolded else "unfold"
    yield kit.button(names.DRAFT_FOLD if unfolded else names.DRAFT_UNFOLD, words(f"button.{fold}"), first.sheet)
    if first.kept_at is None:
        yield kit.button(names.DRAFT_KEEP, words("button.keep"), first.sheet)


def _notes(records: Sequence[DraftRecord], words: Words, *, shortest: bool) -> Iterator[kit.Block]:
    request = records[0].request
    notes = [
        words("draft.to_words", words=kit.escape(kit.clip(request.words, 80))) if request.words else "",
        words("draft.shortest") if shortest else "",
        words("draft.kept") if records[0].kept_at is not None else "",
    ]
    if any(notes):
        yield kit.context(*notes)


def _where(dossier: Dossier, found: DraftSet, words: Words) -> str:
    customer = kit.escape(words.customer(dossier))
    return words("draft.context", customer=customer, stage=words(f"stage.{found.stage.value}"))


def _facts(facts: Sequence[Fact], words: Words) -> str:
    """``2026/10/31（CRM）``: each figure with the kind of place it came from."""
    shown = {fact.text: words(f"source.{fact.source.partition(':')[0]}") for fact in facts}
    return words.listed(words("draft.fact", text=kit.escape(text), source=source) for text, source in shown.items())
