import json
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from bot.__main__ import main

CLAIM = {
    "id": "f1",
    "customer": "YF-1001",
    "now": "2026-11-23T10:20:00+08:00",
    "fault": "third_party",
    "messages": [
        {"from": "customer", "text": "我們官網整個連不上，損失19萬，你們要賠償！", "at": "2026-11-22T09:00:00+08:00"}
    ],
}


@pytest.fixture
def claim(tmp_path: Path) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CLAIM), "utf-8")
    return str(path)


def test_a_formal_reply_goes_to_word_and_pdf_and_its_text_to_stdout(
    claim: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    word, pdf = tmp_path / "reply.docx", tmp_path / "reply.PDF"

    assert main(["letter", "--case", claim, "--kind", "formal", "--out", str(word)]) == 0
    assert main(["letter", "--case", claim, "--company", "安遠資訊", "--signer", "林佳穎", "--out", str(pdf)]) == 0

    said = capsys.readouterr().out
    assert "受文者：永豐紡織股份有限公司" in said
    assert "承辦人：林佳穎" in said
    cells = [cell.text for table in Document(str(word)).tables for row in table.rows for cell in row.cells]
    assert {"ERP 生產模組加購", "NT$320,000", "張雅婷", "林佳穎"} <= set(cells)
    assert "安遠資訊" in PdfReader(pdf).pages[0].extract_text()


@pytest.mark.parametrize("kind", ["memo", "executive", "status", "face_saving"])
def test_texts_for_other_readers_are_printed(claim: str, kind: str, capsys: pytest.CaptureFixture[str]):
    assert main(["letter", "--case", claim, "--kind", kind]) == 0
    firm = capsys.readouterr().out
    assert main(["letter", "--case", claim, "--kind", kind, "--tone", "empathetic"]) == 0
    warm = capsys.readouterr().out

    assert "2026 年 11 月 23 日" in firm
    assert firm != warm
    assert "待填" not in firm + warm


def test_the_case_may_come_from_stdin(stdin, capsys: pytest.CaptureFixture[str]):
    stdin(json.dumps(CLAIM | {"customer": None}).encode())

    assert main(["letter", "--case", "-"]) == 0

    assert "【待填：客戶全名】" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("case", "options", "said", "code"),
    [
        (None, [], "nowhere.json", 1),
        ("[]", [], "must be a JSON object", 2),
        ("{", [], "is not JSON", 2),
        ("{}", [], "messages: ", 2),
        (json.dumps(CLAIM), ["--out", "reply.txt"], ".docx or .pdf", 2),
        (json.dumps(CLAIM), ["--kind", "poem"], "--kind", 2),
    ],
)
def test_a_mistake_is_one_line(
    case: str | None, options: list[str], said: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / ("nowhere.json" if case is None else "case.json")
    if case is not None:
        path.write_text(case, "utf-8")

    assert main(["letter", "--case", str(path), *options]) == code

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
