import io
import json
import os
import threading
from typing import Any

import pytest

from bot.cli.jsonl import MAX_LINE, stream, text_field
from bot.domain.errors import CaseInputError


def length_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"length": len(text_field(item, "text"))}


def answers(raw: bytes, answer=length_of) -> list[dict[str, Any]]:
    sink = io.BytesIO()
    assert stream(answer, io.BytesIO(raw), sink) == 0
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_one_answer_per_line_in_the_same_order():
    raw = "".join(json.dumps({"id": f"d{n}", "text": "字" * n}, ensure_ascii=False) + "\n" for n in range(50))

    assert answers(raw.encode()) == [{"id": f"d{n}", "length": n} for n in range(50)]


@pytest.mark.parametrize(
    ("line", "identity", "said"),
    [
        (b"hello", None, "line 1: is not JSON"),
        (b'{"id": "a", "text": "x"', "a", "line 1: is not JSON"),
        (b'{"id": "a", "text": NaN}', "a", "line 1: is not JSON"),
        (b"[" * 100_000, None, "line 1: is not JSON"),
        (b'{"id": "a", "text": "\xff"}', "a", "line 1: is not UTF-8"),
        (b'{"id": "a", "text": "\\ud800"}', "a", "line 1: is not JSON"),
        (b"[1]", None, "line 1: must be a JSON object, not a list"),
        (b"null", None, "line 1: must be a JSON object, not null"),
        (b'"text"', None, "line 1: must be a JSON object, not a string"),
        (b'{"id": "a"}', "a", "text: is missing"),
        (b'{"id": "a", "text": null}', "a", "text: must be a string, not null"),
        (b'{"id": "a", "text": true}', "a", "text: must be a string, not true or false"),
        (b'{"id": 7, "text": 7}', 7, "text: must be a string, not a number"),
        (b'{"id": {"x": 1}, "text": "x"}', None, "id: must be a string or a whole number, not an object"),
        (b'{"id": false, "text": "x"}', None, "id: must be a string or a whole number"),
        (b'{"id": "a", "text": "' + b"x" * MAX_LINE + b'"}', "a", f"line 1: is longer than {MAX_LINE} bytes"),
        (b"\xff\xfe{\x00", None, "line 1: is not UTF-8"),
    ],
)
def test_a_faulty_line_says_why_and_the_stream_goes_on(line: bytes, identity: object, said: str):
    faulty, good = answers(line + b'\n{"id": "next", "text": "ok"}\n')

    assert faulty["id"] == identity
    assert faulty["error"].startswith(said)
    assert good == {"id": "next", "length": 2}


def test_a_fault_of_our_own_costs_one_line_only():
    def fragile(item: dict[str, Any]) -> dict[str, Any]:
        return {"share": 1 / item["by"]}

    first, second = answers(b'{"id": 1, "by": 0}\n{"id": 2, "by": 2}\n', fragile)

    assert first == {"id": 1, "error": "unexpected ZeroDivisionError: division by zero"}
    assert second == {"id": 2, "share": 0.5}


def test_an_error_of_the_command_is_the_lines_error():
    def picky(item: dict[str, Any]) -> dict[str, Any]:
        raise CaseInputError("triage.hours: must not be negative")

    assert answers(b'{"id": "c"}\n', picky) == [{"id": "c", "error": "triage.hours: must not be negative"}]


def test_blank_lines_are_skipped_and_still_counted():
    assert answers(b'\n  \r\n{"id": "a", "text": "x"}\r\nbad\n') == [
        {"id": "a", "length": 1},
        {"id": None, "error": answers(b"\n\n\nbad\n")[0]["error"]},
    ]
    assert answers(b"\n\n\nbad\n")[0]["error"].startswith("line 4: ")


def test_a_byte_order_mark_and_a_missing_last_newline_are_fine():
    assert answers(b'\xef\xbb\xbf{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}') == [
        {"id": "a", "length": 1},
        {"id": "b", "length": 1},
    ]


def test_no_input_is_no_output():
    assert answers(b"") == []


def test_a_line_without_id_is_answered_with_null():
    assert answers(b'{"text": "x"}\n') == [{"id": None, "length": 1}]


def test_chinese_comes_out_as_itself():
    sink = io.BytesIO()

    stream(lambda item: {"echo": item["text"]}, io.BytesIO('{"text": "續約"}'.encode()), sink)

    assert "續約" in sink.getvalue().decode()


def test_a_line_is_answered_before_the_next_one_comes():
    asked, ask = os.pipe()
    told, tell = os.pipe()
    with (
        os.fdopen(asked, "rb") as source,
        os.fdopen(tell, "wb") as sink,
        os.fdopen(told, "rb") as answers_,
        os.fdopen(ask, "wb", 0) as questions,
    ):
        worker = threading.Thread(target=stream, args=(length_of, source, sink))
        worker.start()
        for n in range(3):
            questions.write(b'{"id": %d, "text": "x"}\n' % n)
            assert json.loads(answers_.readline()) == {"id": n, "length": 1}
        questions.close()
        worker.join(5)

    assert not worker.is_alive()
