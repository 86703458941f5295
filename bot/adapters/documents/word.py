"""A letter as a Word document (DOCX), ready to be completed by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph

from bot.domain.letters.model import Letter, Part, Table
from bot.domain.reading.model import Variant

_FONTS = {Variant.HANT: "DFKai-SB", Variant.HANS: "SimSun"}
"""標楷體 and 宋体, in which each place writes to companies; where they are missing Word takes another."""
_LANGUAGE = {Variant.HANT: "zh-TW", Variant.HANS: "zh-CN"}
_LATIN = "Times New Roman"
_BLANK = re.compile(r"(【[^】]*】)")
_GREY = RGBColor(0x55, 0x55, 0x55)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE = 17.0


def docx_of(letter: Letter) -> bytes:
    """The same letter always gives the same bytes: nothing of the moment of writing is in them."""
    document = Document()
    _set_up(document, letter.variant)
    _title(document, letter)
    for label, value in letter.head:
        _line(document, f"{label}：{value}")
    if letter.addressee:
        _line(document, letter.addressee, before=8)
    for line in letter.opening:
        _line(document, line, before=4, indent=not letter.head or letter.variant is Variant.HANS)
    for index, part in enumerate(letter.parts):
        _part(document, letter, index, part)
    if letter.closing:
        _line(document, letter.closing, before=12)
    for line in letter.signature:
        _line(document, line, align=WD_ALIGN_PARAGRAPH.RIGHT, keep=True)
    return _frozen(document)


def _set_up(document: DocxDocument, variant: Variant) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _FONTS[variant])
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), _LANGUAGE[variant])
    style.element.get_or_add_rPr().append(language)


def _title(document: DocxDocument, letter: Letter) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(14)
    _write(paragraph, letter.title, bold=True, size=16)


def _part(document: DocxDocument, letter: Letter, index: int, part: Part) -> None:
    if part.heading:
        heading = document.add_paragraph()
        heading.paragraph_format.space_before = Pt(12)
        heading.paragraph_format.keep_with_next = True
        _write(heading, f"{letter.numeral(index)}、{part.heading}", bold=True, size=12)
    for item in letter.items(part):
        paragraph = _line(document, item, after=3)
        if part.heading:
            paragraph.paragraph_format.left_indent = Cm(1.2)
            paragraph.paragraph_format.first_line_indent = Cm(-1.2)
    for table in part.tables:
        _table(document, table)
    if part.note:
        _write(_line(document, "", before=4), part.note, size=9, grey=True)


def _table(document: DocxDocument, table: Table) -> None:
    caption = _line(document, "", before=8, after=2, keep=True)
    _write(caption, table.caption, bold=True, size=10)
    made = document.add_table(rows=0, cols=len(table.header))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _row(made, table, table.header, bold=True)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - repeats on every page
    for row in table.rows:
        _row(made, table, row)


def _row(made: DocxTable, table: Table, values: tuple[str, ...], *, bold: bool = False) -> None:
    row = made.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it open
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it
    for cell, value, share in zip(row.cells, values, table.widths, strict=True):
        cell.width = Cm(15.8 * share / sum(table.widths))
        _write(cell.paragraphs[0], value, bold=bold, size=10)
        if bold:
            _shade(cell)


def _shade(cell: DocxCell) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "EDF1F1")
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no name for it


def _line(
    document: DocxDocument,
    text: str,
    *,
    before: float = 0,
    after: float = 2,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
    keep: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), Pt(_LINE)
    layout.keep_with_next = keep
    if indent:
        layout.first_line_indent = Pt(22)
    if align is not None:
        paragraph.alignment = align
    _write(paragraph, text)
    return paragraph


def _write(
    paragraph: Paragraph, text: str, *, bold: bool = False, size: float | None = None, grey: bool = False
) -> None:
    """Blanks stand out until somebody has filled them."""
    for piece in filter(None, _BLANK.split(text)):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        if grey:
            run.font.color.rgb = _GREY
        if _BLANK.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _frozen(document: DocxDocument) -> bytes:
    """Saved without the moment of saving, which stands in the properties and beside every file of the archive."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(*_EPOCH, tzinfo=UTC).replace(tzinfo=None)
    saved, frozen = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(frozen, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return frozen.getvalue()
