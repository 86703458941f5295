"""The worked examples of ``scripts_zh/README.md`` are tried as a reader would try them."""

import re
import shutil
from pathlib import Path

from bot.adapters.scripts.check import faults_of
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.lint.linter import Linter
from bot.domain.verdicts.model import VerdictKind
from bot.domain.verdicts.reader import read_verdict

SCRIPTS = Path(__file__).parents[3] / "scripts_zh"


def test_the_worked_examples_work(tmp_path: Path):
    examples = re.findall(r"```yaml\n(.*?)```", (SCRIPTS / "README.md").read_text("utf-8"), re.DOTALL)
    _, about, concern, asked, play, rule, approval = examples
    scripts = shutil.copytree(SCRIPTS, tmp_path / "scripts_zh")
    (scripts / "plays" / "about.yaml").write_text(about, "utf-8")
    (scripts / "plays" / "concern.yaml").write_text(concern, "utf-8")
    (scripts / "plays" / "asked.yaml").write_text(asked, "utf-8")
    (scripts / "plays" / "example.yaml").write_text(play, "utf-8")
    (scripts / "lint" / "example.yaml").write_text(rule, "utf-8")
    verdicts = scripts / "lexicon" / "verdicts.yaml"
    verdicts.write_text(verdicts.read_text("utf-8").replace("  approves:\n", approval, 1), "utf-8")

    assert faults_of(scripts, SCRIPTS) == []
    book = load_plays(scripts / "plays")
    assert "renew.and.buy" in {play.id for play in book.plays}
    assert "concern.harvest" in {take_up.id for take_up in book.take_ups}
    assert "answer.export_copy" in {take_up.id for take_up in book.take_ups}
    found = Linter(load_lint(scripts / "lint")).check("麻煩您自己打客服專線")
    assert [finding.rule for finding in found] == ["reply_by_phone_only"]
    assert read_verdict("照舊辦理", load_verdicts(scripts / "lexicon")).verdict is VerdictKind.APPROVE
