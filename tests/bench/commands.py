"""Lines a second of the JSON commands, start-up taken out by the difference of two lengths."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

from tests.scenarios.desk import ROOT

TEXT = "ERP 又當了,出貨單整批印不出來,過去大家那麼熟,你就幫忙一下嘛,花不了幾分鐘。再不處理我們明年就換別家系統。上次說好週三前回覆,到今天都沒有消息,主管一直在問,損失已經超過三萬五。"


def read_line(number: int) -> str:
    return json.dumps({"id": f"r{number}", "text": f"{TEXT}第 {number} 則"}, ensure_ascii=False)


def draft_line(number: int) -> str:
    message = {"from": "customer", "text": f"{TEXT}第 {number} 則"}
    return json.dumps({"id": f"c{number}", "customer": "ACME-001", "messages": [message]}, ensure_ascii=False)


def seconds(command: str, lines: int, line: Callable[[int], str]) -> float:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bot", command, "--jsonl"],
        input="\n".join(line(n) for n in range(lines)), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    answers = done.stdout.splitlines()
    assert len(answers) == lines
    assert not any("error" in json.loads(answer) for answer in answers)
    return time.monotonic() - begun


def measure() -> dict[str, float]:
    figures = {}
    for command, line, many in (("read", read_line, 1500), ("draft", draft_line, 600)):
        short, long = seconds(command, 10, line), seconds(command, many, line)
        figures |= {f"{command}_lines_per_s": (many - 10) / (long - short), f"{command}_startup_s": short}
    return figures
