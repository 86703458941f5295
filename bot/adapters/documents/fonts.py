"""Chinese fonts of PDF readers: nothing is embedded, so a letter is a few kilobytes and no font file is shipped.

STSong-Light and MSung-Light are the names by which readers know to take a Chinese font of the machine (ISO 32000,
9.7.5.2: predefined CMaps and the character collections Adobe-GB1 and Adobe-CNS1). reportlab knows both, but writes
the older UCS2 encodings, for MSung even that of the other script, and no table back to Unicode: copying text out
then depends on the reader. Here the UTF-16 encodings are named and the table is written.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase._cidfontdata import CIDFontInfo  # type: ignore[import-not-found]  # not in the stubs
from reportlab.pdfbase.cidfonts import UnicodeCIDFont, structToPDF
from reportlab.pdfbase.pdfdoc import PDFStream

from bot.domain.reading.model import Variant

_FACES = {Variant.HANT: ("MSung-Light", "UniCNS-UTF16-H"), Variant.HANS: ("STSong-Light", "UniGB-UTF16-H")}
_CHARSETS = {Variant.HANT: "big5hkscs", Variant.HANS: "gb18030"}
_LATIN = "Times-Roman"
_CJK = "\u2e80"
_MOST_RANGES = 100
"""Of one block of a CMap (Adobe technical note 5014)."""


class SelectableFont(UnicodeCIDFont):
    """A font of the reader whose text can be searched and copied."""

    def __init__(self, face: str, encoding: str) -> None:
        super().__init__(face)
        self.encodingName = encoding

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        name = f"F{len(doc.fontMapping) + 1}"
        described = deepcopy(CIDFontInfo[self.face.name])
        described["Name"], described["Encoding"] = f"/{name}", f"/{self.encodingName}"
        font = structToPDF(described)  # type: ignore[no-untyped-call]  # the stubs leave it open
        font.dict["ToUnicode"] = doc.Reference(PDFStream(content=_to_unicode()), f"{name}ToUnicode")
        doc.idToObject["BasicFonts"].dict[name] = doc.Reference(font, name)
        doc.fontMapping[self.name] = f"/{name}"


def register() -> None:
    """Makes the fonts known to reportlab; may be called again."""
    for face, encoding in _FACES.values():
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(SelectableFont(face, encoding))


def face_of(variant: Variant) -> str:
    return _FACES[variant][0]


def runs(text: str, variant: Variant) -> list[tuple[str, str]]:
    """``text`` cut into (font, piece): Latin letters and figures, and a character that only the other script has."""
    found: list[tuple[str, str]] = []
    for char in text:
        font = _font(char, variant)
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + char)
        else:
            found.append((font, char))
    return found


def _font(char: str, variant: Variant) -> str:
    if char < _CJK and char.isascii():
        return _LATIN
    other = Variant.HANS if variant is Variant.HANT else Variant.HANT
    chosen = variant if _has(char, variant) or not _has(char, other) else other
    return face_of(chosen)


def _has(char: str, variant: Variant) -> bool:
    try:
        char.encode(_CHARSETS[variant])
    except UnicodeEncodeError:
        return False
    return True


def _to_unicode() -> str:
    """Codes are UTF-16 already, so each stands for itself; a range may not cross its low byte."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF]  # noqa: PLR2004 - the surrogates
    blocks = [ranges[start : start + _MOST_RANGES] for start in range(0, len(ranges), _MOST_RANGES)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
