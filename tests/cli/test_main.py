import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli import COMMANDS
from tests.scenarios.desk import free_ports

ROOT = Path(__file__).parents[2]


def run(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **options,
    )


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_help_lists_every_command():
    shown = run("--help")

    assert shown.returncode == 0
    assert [name for name in COMMANDS if f"\n  {name}" not in shown.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]):
    assert main([command, "--help"]) == 0

    out, err = capsys.readouterr()
    assert out.startswith(f"usage: fencun {command}")
    assert "--config" in out
    assert err == ""


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "required: COMMAND; see fencun --help"),
        (["bogus"], "invalid choice: 'bogus'"),
        (["read"], "required: --jsonl; see fencun read --help"),
        (["read", "--jsonl", "--now", "yesterday"], "must be a time with an offset, such as 2026-"),
        (["read", "--jsonl", "--now", "2026-11-22T10:00:00"], "must be a time with an offset"),
        (["read", "--jsonl", "--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["read", "--jsonl", "two\nlines"], "unrecognized arguments: two lines"),
        (["demo", "--port", "0"], "must be a port from 1 to 65535"),
        (["demo", "--port", "http"], "must be a port from 1 to 65535"),
        (["scripts"], "required: ACTION"),
        (["manifest", "--url", "http://bot.example"], "not an https:// address"),
        (["--config", "nowhere.yaml", "read", "--jsonl"], "nowhere.yaml: cannot be read"),
        (["read", "--jsonl", "--config", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["scripts", "preview", "no_such_play"], "there is no play 'no_such_play'; there are: "),
    ],
)
def test_bad_input_is_one_line_and_exit_2(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    assert main(argv) == 2
    assert said in one_line(capsys)


def test_a_faulty_setting_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "not a token")

    assert main(["read", "--jsonl"]) == 2
    assert one_line(capsys).startswith("fencun: SLACK_BOT_TOKEN: must be a bot token")


def test_a_faulty_script_file_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    policy = tmp_path / "policy.yaml"
    policy.write_text("country: JP", "utf-8")
    monkeypatch.setenv("FENCUN_POLICY_FILE", str(policy))

    assert main(["read", "--jsonl"]) == 2
    assert one_line(capsys).startswith(f"fencun: {policy}: country: ")


def test_run_without_tokens_says_what_is_missing(capsys: pytest.CaptureFixture[str]):
    assert main(["run"]) == 2
    assert "SLACK_BOT_TOKEN" in capsys.readouterr().err


class _Broken:
    """Input that cannot be read, in a way nobody foresaw."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.buffer = self

    def readline(self, size: int) -> bytes:
        raise self._error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            RuntimeError("xoxb-123-secret went wrong"),
            1,
            "unexpected RuntimeError: xoxb-*** went wrong; set FENCUN_DEBUG=1",
        ),
        (PermissionError(13, "Permission denied", "var/x"), 1, "fencun: var/x: Permission denied"),
    ],
)
def test_the_unexpected_is_one_line_too(
    error: Exception, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "stdin", _Broken(error))

    assert main(["read", "--jsonl"]) == code
    assert said in one_line(capsys)


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", _Broken(RuntimeError("odd")))
    monkeypatch.setenv("FENCUN_DEBUG", "1")

    assert main(["read", "--jsonl"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", _Broken(KeyboardInterrupt()))

    assert main(["read", "--jsonl"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_left_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "read", "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()

    _, err = process.communicate(b'{"id": "1", "text": "x"}\n' * 10, timeout=30)

    assert (process.returncode, err) == (141, b"")


def test_the_demo_says_where_it_is_and_ends_in_order():
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--fresh", "--port", str(free_ports())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert b"http://127.0.0.1:" in process.stdout.readline()
        process.terminate()
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()

    assert process.returncode == 0
    assert b"Traceback" not in err


@pytest.mark.parametrize("command", ["read", "verdict", "promises"])
def test_what_reads_lines_loads_neither_slack_nor_a_database(command: str):
    heavy = ["slack_sdk", "slack_bolt", "sqlalchemy", "aiohttp"]
    code = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:]); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code, command, "--jsonl"],
        cwd=ROOT,
        input="",
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        env={**os.environ, "FENCUN_DEBUG": "1"},
    )

    assert (loaded.stdout.strip(), loaded.stderr) == ("[]", "")
