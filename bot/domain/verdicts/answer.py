"""An answer with its marks: which of its words are decisive, and whether they are meant."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.reading.matcher import Hit, blanked
from bot.domain.reading.model import Span
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import Segments, segment
from bot.domain.verdicts.lexicon import DECISIVE, Mark, VerdictLexicon


class Answer:
    """``hits`` are the marks of the whole answer, ``decisive`` the words that grant, refuse or offer and are meant."""

    def __init__(self, text: str, lexicon: VerdictLexicon) -> None:
        self.text = text
        plain = lexicon.undecorated(normalise(text))
        self.segments: Segments = segment(plain)
        self.plain = blanked(plain, [hit.span for hit in lexicon.idioms.find(plain, self.segments)])
        self.hits = _meant(list(lexicon.marks.find(self.plain, self.segments)))
        seen = self._without_seeming(lexicon)
        marked = list(self._counting(list(lexicon.marks.find(seen, self.segments))))
        self.decisive = sorted([*marked, *self._put_together(seen, marked, lexicon)], key=lambda hit: hit.span)

    def has(self, mark: Mark) -> bool:
        return any(hit.item is mark for hit in self.hits)

    def first(self, mark: Mark) -> Hit[Mark] | None:
        return next((hit for hit in self.decisive if hit.item is mark), None)

    def clause(self, hit: Hit[Mark]) -> Span:
        return self.segments.clause_at(hit.span[0])

    def marked(self, mark: Mark, clause: Span) -> bool:
        """Whether a mark of the kind begins in the clause."""
        return any(hit.item is mark and clause[0] <= hit.span[0] < clause[1] for hit in self.hits)

    def reported(self, span: Span) -> bool:
        """Whether its clause has said before it that somebody else speaks."""
        start, _ = self.segments.clause_at(span[0])
        return any(hit.item is Mark.REPORTED and start <= hit.span[0] <= span[0] for hit in self.hits)

    def asked(self, span: Span) -> bool:
        """Whether the clause asks: it ends in a question mark, or a word of asking stands in it."""
        clause = self.segments.clause_at(span[0])
        return self.plain[clause[1] : clause[1] + 2].lstrip(' "').startswith("?") or self.marked(Mark.ASKS, clause)

    def hedged(self, span: Span) -> bool:
        start, _ = self.segments.clause_at(span[0])
        return any(hit.item is Mark.HEDGES and hit.span[1] > start for hit in self.hits)

    def _without_seeming(self, lexicon: VerdictLexicon) -> str:
        """The answer without words that look like decisions, but for those within a longer refusal: 不可以再免."""
        refusals = [hit.span for hit in self.hits if hit.item is Mark.DECLINES]
        seeming = [hit.span for hit in lexicon.neutral.find(self.plain, self.segments)]
        return blanked(self.plain, [span for span in seeming if not any(_within(span, outer) for outer in refusals)])

    def _counting(self, hits: list[Hit[Mark]]) -> Iterator[Hit[Mark]]:
        """Decisive words that are meant; 「同意」 within 「不同意」 is not, nor 「要收」 within 「不要收」."""
        decisive = [h for h in hits if h.item in DECISIVE and self._counts(h.span)]
        granted = [h.span for h in decisive if h.item is not Mark.DECLINES]
        refusals = [h for h in decisive if h.item is Mark.DECLINES and not any(_within(h.span, g) for g in granted)]
        negated = {h.span[1] for h in (*hits, *self.hits) if h.item is Mark.NEGATES}
        yield from refusals
        for hit in decisive:
            refused = any(r.span[0] < hit.span[1] and hit.span[0] <= r.span[1] for r in refusals)
            grants = hit.item is Mark.COUNTERS or (hit.item is Mark.APPROVES and not refused)
            if grants and hit.span[0] not in negated:
                yield hit

    def _put_together(self, seen: str, marked: list[Hit[Mark]], lexicon: VerdictLexicon) -> Iterator[Hit[Mark]]:
        """Clauses without a decisive mark, by the words that they are made of."""
        spoken = {self.clause(hit) for hit in marked}
        for sentence, (first, last) in enumerate(self.segments.sentences):
            for clause in zip(self.segments.starts, self.segments.ends, strict=True):
                if not first <= clause[0] < last or clause in spoken or not self._counts(clause):
                    continue
                grants = lexicon.words.grants(seen[slice(*clause)])
                if grants is not None:
                    yield Hit(Mark.APPROVES if grants else Mark.DECLINES, clause, sentence)

    def _counts(self, span: Span) -> bool:
        """Not asked, not somebody else's word, and not taken back by a hedge in its clause or after it."""
        return not self.reported(span) and not self.asked(span) and not self.hedged(span)


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def _meant(hits: list[Hit[Mark]]) -> list[Hit[Mark]]:
    """Without what a longer hit explains: 門都沒有 asks nothing, 不考慮 puts nothing off, 跟他說 tells nothing."""
    spans = {mark: [h.span for h in hits if h.item is mark] for mark in (*DECISIVE, Mark.INSTRUCTS, Mark.ONCE)}
    decisive = [span for mark in DECISIVE for span in spans[mark]]
    outer = {
        Mark.ASKS: decisive,
        Mark.DEFERS: decisive,
        Mark.HEDGES: decisive,
        Mark.REPORTED: spans[Mark.INSTRUCTS],
        Mark.CONDITION: spans[Mark.ONCE],
    }
    return [h for h in hits if not any(_within(h.span, span) for span in outer.get(h.item, ()))]
