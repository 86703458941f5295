"""Letters as files that other programs open: python-docx and pypdf read the Chinese back."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from pypdf import PdfReader

from bot.adapters.documents.documents import LetterFiles
from bot.domain.letters.model import Letter, LetterKind, Part, Table
from bot.domain.reading.model import Variant
from bot.ports import DocumentForm

WORDS = {
    Variant.HANT: (
        "函覆「維護約」與網域",
        "永豐紡織股份有限公司",
        "請惠予指正，我方即行補正。",
        "【待填：文號】",
        "劉洋刘洋",
    ),
    Variant.HANS: (
        "关于“域名”一事的复函",
        "蓝海云仓科技有限公司",
        "请予指正，我方即行补正。",
        "【待填：文号】",
        "刘洋劉洋",
    ),
}


def letter(variant: Variant, *, rows: int = 2, title: str | None = None) -> Letter:
    words = WORDS[variant]
    table = Table(
        "表", ("甲", "乙"), tuple((f"2026/11/{n % 30 + 1}", f"{words[4]} ERP {n}") for n in range(rows)), (4, 8)
    )
    return Letter(
        kind=LetterKind.FORMAL,
        variant=variant,
        title=title or words[0],
        head=(("號", words[3]),),
        addressee=words[1],
        opening=(words[2],),
        parts=(Part("一段", (words[2], "NT$1,280,000 & <b>"), (table,), "註"), Part("二段", (words[3],))),
        closing="完",
        signature=(words[1],),
        facts=(),
        name="file",
        numerals=("一", "二"),
    )


def render(made: Letter, form: DocumentForm) -> bytes:
    return LetterFiles().render(made, form)


def pages(made: Letter) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(render(made, DocumentForm.PDF))).pages)


def close(text: str) -> str:
    """Without blanks and line ends, which a page sets as it needs them."""
    return "".join(text.split())


@pytest.mark.parametrize("variant", list(Variant))
def test_the_pdf_holds_its_chinese_as_text(variant):
    text = close(pages(letter(variant)))
    for words in (*WORDS[variant], "NT$1,280,000", "<b>", "一、一段", "（二）", "2026/11/1"):
        assert close(words) in text


@pytest.mark.parametrize("variant", list(Variant))
def test_the_pdf_names_a_font_of_the_script_and_embeds_none(variant):
    reader = PdfReader(BytesIO(render(letter(variant), DocumentForm.PDF)))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    encodings = {str(font.get("/Encoding")) for font in fonts if font["/Subtype"] == "/Type0"}
    assert {Variant.HANT: "/UniCNS-UTF16-H", Variant.HANS: "/UniGB-UTF16-H"}[variant] in encodings
    assert all("/ToUnicode" in font for font in fonts if font["/Subtype"] == "/Type0")
    assert len(render(letter(variant), DocumentForm.PDF)) < 40_000


def test_a_character_that_no_reader_has_is_shown_as_missing_and_breaks_nothing():
    assert "好〓" in close(pages(letter(Variant.HANT, title="好😀")))


def test_a_long_table_runs_over_pages_and_repeats_its_head():
    reader = PdfReader(BytesIO(render(letter(Variant.HANT, rows=80), DocumentForm.PDF)))
    assert len(reader.pages) > 2
    assert all("甲" in page.extract_text() for page in reader.pages[:3])
    text = close("".join(page.extract_text() for page in reader.pages))
    assert all(f"ERP{n}" in text for n in range(80))


@pytest.mark.parametrize("variant", list(Variant))
def test_the_docx_holds_paragraphs_tables_and_marked_blanks(variant):
    document = Document(BytesIO(render(letter(variant), DocumentForm.DOCX)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == WORDS[variant][0]
    assert WORDS[variant][1] in lines
    assert "一、一段" in lines
    assert "（二）NT$1,280,000 & <b>" in lines
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["甲", "乙"]
    assert len(table.rows) == 3
    marked = [
        run.text for p in document.paragraphs for run in p.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == [WORDS[variant][3]] * 2


@pytest.mark.parametrize("form", list(DocumentForm))
@pytest.mark.parametrize("variant", list(Variant))
def test_the_same_letter_gives_the_same_bytes(variant, form):
    assert render(letter(variant), form) == render(letter(variant), form)
