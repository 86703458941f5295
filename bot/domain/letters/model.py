"""A letter before it takes a file's form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.drafting.model import Fact
from bot.domain.reading.model import Variant


class LetterKind(StrEnum):
    """``formal`` is the reply in four parts (rule 56); the others are of one piece."""

    FORMAL = "formal"
    MEMO = "memo"
    STATUS = "status"
    EXECUTIVE = "executive"
    FACE_SAVING = "face_saving"


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the line."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """``items`` are numbered; a letter of one piece has one part without heading or numbers."""

    heading: str
    items: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs. What is not known stays a blank for the agent to fill."""

    company: str | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of letters in one variant. ``blank`` has the placeholder ``{what}``."""

    blank: str
    titles: dict[LetterKind, str]
    to: str
    date: str
    day: str
    number: str
    subject: str
    body: str
    received: str
    findings_due: str
    parts: tuple[str, str, str, str]
    numerals: tuple[str, ...]
    closing: str
    signer: str
    orders: str
    order_columns: tuple[str, str, str]
    contacts: str
    contact_columns: tuple[str, str, str]
    people: str
    people_columns: tuple[str, str]
    account_owner: str
    contact_staff: str
    services: str
    service_columns: tuple[str, str, str]
    under_way: str
    file: str
    fill_company: str
    fill_customer: str
    fill_number: str
    fill_signer: str
    fill_orders: str
    fill_contacts: str
    fill_services: str
    none_on_record: str
    as_of: str

    def fill(self, what: str) -> str:
        """A blank that says what belongs there."""
        return self.blank.format(what=what)


@dataclass(frozen=True, slots=True)
class Letter:
    """Every figure, date and name in it is in ``facts``.

    ``head`` are labelled lines over the text; ``addressee`` is the line that the text begins with, where the
    variant's form has one.
    """

    kind: LetterKind
    variant: Variant
    title: str
    head: tuple[tuple[str, str], ...]
    addressee: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: str
    signature: tuple[str, ...]
    facts: tuple[Fact, ...]
    name: str
    """What a file of it is called, without the ending."""
    numerals: tuple[str, ...] = ()
    blanks: int = 0
    """How many places are left for the agent to fill."""

    def numeral(self, index: int) -> str:
        """The Chinese numeral of the item at ``index``; figures beyond ten are not needed in a letter."""
        return self.numerals[index] if index < len(self.numerals) else str(index + 1)

    def lines(self) -> Iterator[str]:
        """The letter as plain text, line by line."""
        yield from filter(None, (self.title, "", *(f"{label}：{value}" for label, value in self.head), self.addressee))
        yield from self.opening
        for index, part in enumerate(self.parts):
            if part.heading:
                yield f"{self.numeral(index)}、{part.heading}"
            yield from self.items(part)
            for table in part.tables:
                yield f"　〔{table.caption}〕"
                yield from (f"　{'｜'.join(row)}" for row in (table.header, *table.rows))
            if part.note:
                yield f"　{part.note}"
        yield from filter(None, (self.closing, *self.signature))

    def items(self, part: Part) -> Iterator[str]:
        """The items of a part as they are printed."""
        if not part.heading:
            yield from part.items
            return
        yield from (f"（{self.numeral(index)}）{item}" for index, item in enumerate(part.items))

    @property
    def text(self) -> str:
        return "\n".join(self.lines())
