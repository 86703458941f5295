import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from config.settings import PACKAGED_SCRIPTS


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(PACKAGED_SCRIPTS, tmp_path / "scripts"))


def test_the_packaged_scripts_are_in_order(capsys: pytest.CaptureFixture[str]):
    assert main(["scripts", "check"]) == 0

    out, err = capsys.readouterr()
    assert out.startswith("ok: ")
    assert err == ""


def test_every_fault_of_every_kind_of_file_is_told_at_once(scripts: Path, capsys: pytest.CaptureFixture[str]):
    (scripts / "plays" / "new.yaml").write_text("movs: {}", "utf-8")
    (scripts / "lint" / "new.yaml").write_text("rules: [", "utf-8")
    (scripts / "texts" / "hant" / "new.yaml").write_text("only.here: 只有這裡", "utf-8")
    (scripts / "lexicon" / "intents" / "new.yaml").write_bytes("label: 求助".encode("big5"))

    assert main(["scripts", "check", "--dir", str(scripts)]) == 1

    out, err = capsys.readouterr()
    faults = out.splitlines()
    for file, said in (
        ("plays/new.yaml", "movs"),
        ("lint/new.yaml", "is not valid YAML"),
        ("texts/hans", "only.here"),
        ("lexicon/intents/new.yaml", "is not UTF-8"),
    ):
        assert [fault for fault in faults if file in fault and said in fault], file
    assert len(set(faults)) == len(faults)
    assert all(fault.count(": ") >= 2 for fault in faults)
    assert err == f"fencun: {len(faults)} faults in {scripts}\n"


def _append(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")


def _faults(scripts: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["scripts", "check", "--dir", str(scripts)]) == 1
    return capsys.readouterr().out


def test_a_text_that_nothing_asks_for_is_told(scripts: Path, capsys: pytest.CaptureFixture[str]):
    for locale in ("hant", "hans", "en"):
        _append(scripts / "texts" / locale / "desk.yaml", "desk.typo: 按鈕")

    assert "texts: desk.typo: nothing asks for it" in _faults(scripts, capsys)


def test_a_text_that_all_languages_lack_is_told(scripts: Path, capsys: pytest.CaptureFixture[str]):
    for locale in ("hant", "hans", "en"):
        path = scripts / "texts" / locale / "customers.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "home.outsider" not in line), "utf-8")

    assert "texts: home.outsider: is missing" in _faults(scripts, capsys)


@pytest.mark.parametrize(
    ("file", "old", "place"),
    [
        (
            "texts/hant/customers.yaml",
            "收到，謝謝您說明。",
            "hant/customers.yaml: bypass.reply: our own lint blocks it",
        ),
        ("letters/labels.yaml", "以上說明，", "labels.yaml: hant.closing: our own lint blocks it"),
    ],
)
def test_what_customers_read_beside_plays_is_linted(
    scripts: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, place: str
):
    path = scripts / file
    path.write_text(path.read_text("utf-8").replace(old, f"這是公司規定，我沒辦法。{old}"), "utf-8")

    assert place in _faults(scripts, capsys)


def test_a_folder_that_is_empty_or_absent_is_no_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["scripts", "check", "--dir", str(tmp_path / "nowhere")]) == 1

    out, err = capsys.readouterr()
    assert str(tmp_path / "nowhere") in out
    assert "Traceback" not in err


def test_a_preview_shows_all_wordings_of_a_play(capsys: pytest.CaptureFixture[str]):
    assert main(["scripts", "preview", "no_such_play"]) == 2
    name = capsys.readouterr().err.split("there are: ")[1].split(",")[0].strip()

    assert main(["scripts", "preview", name]) == 0

    out = capsys.readouterr().out
    for heading in ("empathetic · hant", "empathetic · hans", "firm · hant", "firm · hans"):
        assert f"── {name} · {heading} ──" in out
    assert out.count("  · ") >= 4


def test_plays_are_looked_at_as_a_whole(scripts: Path, capsys: pytest.CaptureFixture[str]):
    (scripts / "plays" / "new.yaml").write_text(
        """
moves:
  new.shield:
    kind: fact
    empathetic: {hant: [這是公司規定，我沒辦法。], hans: [我看到了。]}
    firm: {hant: [我收到了。], hans: [我收到了。]}
plays:
  - {id: new.never, when: {stages: [close], states: [active]}, moves: [new.shield]}
  - {id: new.a, when: {stages: [close], tactics: [pity], intents: [free_service]}, moves: [new.shield], priority: 99}
  - {id: new.b, when: {stages: [close], tactics: [insult], intents: [free_service]}, moves: [new.shield], priority: 99}
""",
        "utf-8",
    )

    assert main(["scripts", "check", "--dir", str(scripts)]) == 1

    file, faults = scripts / "plays" / "new.yaml", capsys.readouterr().out
    assert f"{file}: plays.new.never.when: never applies" in faults
    assert f"{file}: plays.new.b.priority: is that of new.a, and both can apply" in faults
    assert f"{file}: moves.new.shield.empathetic.hant.0: breaks our own lint rule" in faults
    assert len(faults.splitlines()) == 3
