"""A letter as a PDF of A4 pages, with text that can be searched and copied."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, paragraph
from reportlab.platypus import Table as Grid

from bot.adapters.documents import fonts
from bot.domain.letters.model import Letter, Part, Table
from bot.domain.reading.model import Variant

_MARGIN = 2.6 * cm
_WIDTH = A4[0] - 2 * _MARGIN - 12  # the frame keeps six points on either side
_INK, _RULE, _SHADE, _GREY = HexColor("#1a1a1a"), HexColor("#9aa5a5"), HexColor("#edf1f1"), HexColor("#555555")
_HEAD_OF_TABLE = 3 * cm
"""A caption, the head and a row: less than that is not left at the foot of a page."""
_BLANK = re.compile(r"(【[^】]*】)")
_BLANK_INK = "#b03a00"
# reportlab's list is Japanese: no line of ours may begin with these either.
textsplit.ALL_CANNOT_START += "，；：？！”’》"  # type: ignore[misc]  # constant in the stubs alone
paragraph.ALL_CANNOT_START = textsplit.ALL_CANNOT_START  # type: ignore[attr-defined]  # not in the stubs
_BEYOND = re.compile(r"[^\u0000-\uffff]")
"""Characters that the readers' fonts lack, emoji first of all; printers set 〓 for a missing type."""


def pdf_of(letter: Letter) -> bytes:
    """The same letter always gives the same bytes."""
    fonts.register()
    target = BytesIO()
    page = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=2.4 * cm,
        bottomMargin=2.2 * cm,
        title=letter.title,
        author="",
        invariant=1,
        lang="zh-TW" if letter.variant is Variant.HANT else "zh-CN",
    )
    sheet = _Sheet(letter)
    page.build(sheet.flow(), onFirstPage=_page_number, onLaterPages=_page_number)
    return target.getvalue()


def _page_number(canvas: Canvas, page: Any) -> None:
    canvas.saveState()
    canvas.setFont("Times-Roman", 9)
    canvas.setFillColor(_GREY)
    canvas.drawCentredString(A4[0] / 2, 1.3 * cm, str(page.page))
    canvas.restoreState()


class _Sheet:
    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._body = ParagraphStyle(
            "body",
            fontName=fonts.face_of(letter.variant),
            fontSize=11,
            leading=18,
            textColor=_INK,
            wordWrap="CJK",
            spaceAfter=2,
        )

    def flow(self) -> list[Flowable]:
        letter, hans = self._letter, self._letter.variant is Variant.HANS
        flow: list[Flowable] = [self._text(letter.title, fontSize=17, leading=24, alignment=TA_CENTER, spaceAfter=16)]
        flow += [self._text(f"{label}：{value}") for label, value in letter.head]
        if letter.addressee:
            flow.append(self._text(letter.addressee, spaceBefore=8))
        for line in letter.opening:
            layout = {"firstLineIndent": 22} if hans else {"leftIndent": 33, "firstLineIndent": -33}
            flow.append(self._text(line, spaceBefore=4, **layout))
        for index, part in enumerate(letter.parts):
            flow += self._part(index, part)
        end: list[Flowable] = [self._text(line, alignment=TA_RIGHT) for line in letter.signature]
        if letter.closing:
            end = [Spacer(1, 10), self._text(letter.closing), Spacer(1, 10), *end]
        return [*flow, KeepTogether(end)] if end else flow

    def _part(self, index: int, part: Part) -> list[Flowable]:
        letter = self._letter
        items = [
            self._text(item, **({"leftIndent": 33, "firstLineIndent": -33} if part.heading else {}))
            for item in letter.items(part)
        ]
        flow: list[Flowable] = list(items)
        if part.heading:
            heading = self._text(
                f"{letter.numeral(index)}、{part.heading}", fontSize=12.5, leading=20, spaceBefore=12, spaceAfter=4
            )
            flow = [KeepTogether([heading, *items[:1]]), *items[1:]]
        for table in part.tables:
            flow += self._table(table)
        if part.note:
            flow.append(self._text(part.note, fontSize=9, leading=14, textColor=_GREY, spaceBefore=4))
        return flow

    def _table(self, table: Table) -> list[Flowable]:
        caption = self._text(table.caption, fontSize=10.5, spaceBefore=8, spaceAfter=3)
        rows = [
            [self._text(cell, fontSize=10, leading=15, spaceAfter=0) for cell in row]
            for row in (table.header, *table.rows)
        ]
        grid = Grid(
            rows,
            colWidths=[_WIDTH * share / sum(table.widths) for share in table.widths],
            repeatRows=1,
            style=[
                ("GRID", (0, 0), (-1, -1), 0.5, _RULE),
                ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ],
        )
        return [CondPageBreak(_HEAD_OF_TABLE), caption, grid]

    def _text(self, text: str, **layout: Any) -> Paragraph:
        """A reader's Chinese font has no bold cut: headings are told by their size."""
        style = ParagraphStyle("line", parent=self._body, **layout)
        return Paragraph(self._marked(text), style)

    def _marked(self, text: str) -> str:
        """Blanks stand out until somebody has filled them."""
        pieces = []
        for piece in filter(None, _BLANK.split(_BEYOND.sub("〓", text))):
            marked = "".join(
                f'<font name="{font}">{escape(run)}</font>' for font, run in fonts.runs(piece, self._letter.variant)
            )
            pieces.append(f'<font color="{_BLANK_INK}">{marked}</font>' if _BLANK.fullmatch(piece) else marked)
        return "".join(pieces)
