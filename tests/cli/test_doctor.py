import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.__main__ import main
from bot.adapters.scripts.texts import load_texts
from bot.cli.checks.check import Check, Level
from bot.cli.checks.slack import slack_checks
from config.settings import PACKAGED_SCRIPTS, load_settings
from handlers.manifest import SCOPES

ROOT = Path(__file__).parents[2]
Checks = dict[str, dict[str, Any]]


class Slack:
    """Answers as Slack does to a well-installed bot; ``said`` overrides the answer of a method (and argument)."""

    def __init__(self) -> None:
        self.scopes = sorted(SCOPES)
        self.said: dict[tuple[str, str], dict[str, Any]] = {}

    def answer(self, method: str, arguments: dict[str, str]) -> dict[str, Any]:
        subject = arguments.get("channel") or arguments.get("user") or ""
        if (method, subject) in self.said:
            return self.said[method, subject]
        match method:
            case "auth.test":
                return {"ok": True, "team": "分寸示範", "user": "fencun"}
            case "apps.connections.open":
                return {"ok": True, "url": "wss://…"}
            case "conversations.info":
                return {"ok": True, "channel": {"id": subject, "name": subject.lower(), "is_member": True}}
            case "usergroups.list":
                return {"ok": True, "usergroups": [{"id": "S0AGENTS", "handle": "agents"}]}
            case "users.info":
                return {"ok": True, "user": {"id": subject, "real_name": "陳志豪"}}
        return {"ok": False, "error": "unknown_method"}


@asynccontextmanager
async def serving(slack: Slack) -> AsyncIterator[str]:
    async def handle(request: web.Request) -> web.Response:
        arguments = {**request.query, **await request.post()}
        return web.json_response(
            slack.answer(request.match_info["method"], arguments),
            headers={"x-oauth-scopes": ",".join(slack.scopes)},
        )

    app = web.Application()
    app.router.add_route("*", "/api/{method}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


async def slack(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    async with serving(slack) as url:
        monkeypatch.setenv("SLACK_API_URL", url)
        return [check async for check in slack_checks(load_settings())]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Slack:
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-fencun-local",
        "SLACK_APP_TOKEN": "xapp-fencun-local",
        "FENCUN_DESK_CHANNEL": "C0DESK",
        "FENCUN_ESCALATION_CHANNEL": "C0ESC",
        "FENCUN_SALES_CHANNEL": "C0SALES",
        "FENCUN_SUPPORT_CHANNELS": "C0EXTYF",
        "FENCUN_AGENTS": "S0AGENTS",
        "FENCUN_SUPERVISORS": "U0SUPTW",
        "FENCUN_ENGINEERS": "U0ENG",
        "FENCUN_SALES": "U0SALESTW",
    }.items():
        monkeypatch.setenv(name, value)
    return Slack()


async def examine(
    slack: Slack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, Checks]:
    async with serving(slack) as url:
        monkeypatch.setenv("SLACK_API_URL", url)
        code = await asyncio.to_thread(main, ["doctor", "--json", "--locale", "en", *options])
    shown = json.loads(capsys.readouterr().out)
    assert shown["ok"] is (code == 0)
    return code, {check["check"]: check for check in shown["checks"]}


async def test_a_well_installed_bot_passes(
    installed: Slack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    code, checks = await examine(installed, monkeypatch, capsys)

    assert [check for check in checks.values() if check["level"] == "fail"] == []
    assert code == 0
    assert checks["bot_token"]["detail"] == "connected to 分寸示範 as @fencun"
    assert checks["transport"]["detail"] == "Socket Mode, can connect"
    assert {"store", "scripts", "policy", "crm", "scopes", "desk_channel", "support_channels", "agents"} <= set(checks)


REFUSED = {"ok": False, "error": "invalid_auth"}
SHARED = {"ok": True, "channel": {"name": "desk", "is_member": True, "is_ext_shared": True}}
PENDING = {"ok": True, "channel": {"name": "desk", "is_member": True, "is_pending_ext_shared": True}}
ABSENT = {"ok": True, "channel": {"name": "ext", "is_member": False}}
ARCHIVED = {"ok": True, "channel": {"name": "esc", "is_member": True, "is_archived": True}}


@pytest.mark.parametrize(
    ("method", "subject", "answer", "check", "outcome"),
    [
        ("auth.test", "", REFUSED, "bot_token", "token_refused"),
        ("auth.test", "", {"ok": False, "error": "fatal_error"}, "bot_token", "slack_unreachable"),
        ("apps.connections.open", "", REFUSED, "transport", "token_refused"),
        ("conversations.info", "C0DESK", SHARED, "desk_channel", "channel_shared"),
        ("conversations.info", "C0DESK", PENDING, "desk_channel", "channel_shared"),
        ("conversations.info", "C0ESC", ARCHIVED, "escalation_channel", "channel_archived"),
        ("conversations.info", "C0EXTYF", ABSENT, "support_channels", "channel_not_member"),
        ("conversations.info", "C0ESC", {"ok": False, "error": "channel_not_found"}, "escalation_channel", "not_found"),
        ("conversations.info", "C0SALES", {"ok": False, "error": "odd"}, "sales_channel", "slack_refused"),
        ("usergroups.list", "", {"ok": True, "usergroups": []}, "agents", "not_found"),
        ("users.info", "U0ENG", {"ok": False, "error": "user_not_found"}, "engineers", "not_found"),
        (
            "users.info",
            "U0SUPTW",
            {"ok": True, "user": {"name": "x", "deleted": True}},
            "supervisors",
            "person_not_ours",
        ),
        (
            "users.info",
            "U0SUPTW",
            {"ok": True, "user": {"name": "x", "is_stranger": True}},
            "supervisors",
            "person_not_ours",
        ),
    ],
)
async def test_each_fault_in_slack_is_named(
    installed: Slack,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    subject: str,
    answer: dict[str, Any],
    check: str,
    outcome: str,
):
    installed.said[method, subject] = answer

    found = await slack(installed, monkeypatch)

    assert [(each.subject, each.outcome) for each in found if not each.passed] == [(check, outcome)]


async def test_missing_scopes_are_listed(installed: Slack, monkeypatch: pytest.MonkeyPatch):
    installed.scopes.remove("users:read.email")
    installed.scopes.remove("commands")

    (check,) = [check for check in await slack(installed, monkeypatch) if not check.passed]

    assert (check.outcome, check.params) == ("scopes_missing", {"scopes": "commands, users:read.email"})


async def test_a_shared_customer_channel_is_as_it_should_be(installed: Slack, monkeypatch: pytest.MonkeyPatch):
    installed.said["conversations.info", "C0EXTYF"] = SHARED

    assert all(check.passed for check in await slack(installed, monkeypatch))


async def test_what_is_not_set_is_told_and_only_the_needed_fails(installed: Slack, monkeypatch: pytest.MonkeyPatch):
    for name in ("DESK_CHANNEL", "SALES_CHANNEL", "AGENTS"):
        monkeypatch.delenv(f"FENCUN_{name}")

    found = {check.subject: check for check in await slack(installed, monkeypatch)}

    levels = [found[subject].level for subject in ("desk_channel", "sales_channel", "agents")]
    assert levels == [Level.FAIL, Level.WARN, Level.WARN]


async def test_http_wants_a_signing_secret(installed: Slack, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_TRANSPORT", "http")
    assert (await slack(installed, monkeypatch))[-1].outcome == "transport_missing"

    monkeypatch.setenv("SLACK_SIGNING_SECRET", "fencun-local-signing-secret")
    assert (await slack(installed, monkeypatch))[-1].outcome == "transport_http"


async def test_a_fault_in_slack_is_shown_with_its_mending(
    installed: Slack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    installed.said["conversations.info", "C0EXTYF"] = ABSENT

    code, checks = await examine(installed, monkeypatch, capsys)

    assert code == 1
    assert checks["support_channels"]["level"] == "fail"
    assert "/invite @分寸" in checks["support_channels"]["detail"]


def test_every_outcome_has_its_words():
    texts = load_texts(PACKAGED_SCRIPTS / "texts")
    sources = [path.read_text("utf-8") for path in (ROOT / "bot/cli/checks").glob("*.py")]
    outcomes = {
        outcome
        for source in sources
        for outcome in re.findall(r'(?:ok|warn|fail)\)?\([^"]*(?:"\w+"|\w+), "([a-z_]+)"', source)
    }

    assert len(outcomes) > 15
    assert [outcome for outcome in outcomes if f"doctor.{outcome}" not in texts] == []


def test_without_tokens_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]):
    assert main(["doctor"]) == 1

    out = capsys.readouterr().out
    assert "✗ Bot token: 還沒設定" in out
    assert "[SLACK_BOT_TOKEN]" in out
    assert "✓ 資料庫" in out
    assert "✓ 話術" in out


def test_faults_of_our_own_side_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    scripts, policy, blocked = tmp_path / "scripts", tmp_path / "policy.yaml", tmp_path / "blocked"
    scripts.mkdir()
    policy.write_text("country: JP", "utf-8")
    blocked.write_text("a file, not a folder", "utf-8")
    monkeypatch.setenv("FENCUN_SCRIPTS_DIR", str(scripts))
    monkeypatch.setenv("FENCUN_POLICY_FILE", str(policy))
    monkeypatch.setenv("FENCUN_DATABASE_URL", f"sqlite:///{blocked}/fencun.db")
    monkeypatch.setenv("FENCUN_CRM", "no-such-plugin")
    monkeypatch.setenv("FENCUN_DESK_CHANEL", "C0DESK")

    assert main(["doctor", "--json", "--locale", "hans"]) == 1

    checks = {check["check"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert {name for name in ("scripts", "policy", "store", "crm") if checks[name]["level"] == "fail"} == {
        "scripts",
        "policy",
        "store",
        "crm",
    }
    assert (checks["variables"]["setting"], checks["variables"]["level"]) == ("FENCUN_DESK_CHANEL", "warn")
    assert "FENCUN_DESK_CHANNEL" in checks["variables"]["detail"]


def test_a_database_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FENCUN_DATABASE_URL", "postgresql://bot:very-secret@127.0.0.1:1/fencun")

    assert main(["doctor", "--json"]) == 1

    out, err = capsys.readouterr()
    assert "very-secret" not in out + err
    store = next(check for check in json.loads(out)["checks"] if check["check"] == "store")
    assert store["level"] == "fail"


def test_a_faulty_setting_ends_it_with_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FENCUN_AGENTS", "everybody")

    assert main(["doctor"]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("fencun: FENCUN_AGENTS: ")
    assert err.count("\n") == 1
