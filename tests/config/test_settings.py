import json
import os
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from config.settings import PACKAGED_SCRIPTS, Settings, load_settings

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1-very-secret",
    "SLACK_APP_TOKEN": "xapp-1-very-secret",
    "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
    "FENCUN_DATABASE_URL": "postgresql://bot:very-secret@db/fencun",
    "FENCUN_CRM_URL": "postgresql://crm:very-secret@db/crm",
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch):
    for name in os.environ:
        if name.startswith(("FENCUN_", "SLACK_")):
            monkeypatch.delenv(name)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def fault(**options: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_everything_has_a_default_that_works_offline():
    settings = load_settings()

    assert (settings.crm, settings.variant, settings.http.port) == ("sample", "hant", 3000)
    assert settings.scripts_dir == PACKAGED_SCRIPTS
    assert settings.store_url == "sqlite+aiosqlite:///var/fencun.db"
    assert settings.slack.bot_token is None


def test_environment_wins_over_file_and_file_over_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = write(tmp_path / "c.yaml", "http: {host: 127.0.0.1, port: 4000}\nvariant: hans\nagents: [S0AGENTS, U123]\n")
    monkeypatch.setenv("FENCUN_HTTP__PORT", "5000")

    settings = load_settings(file)

    assert (settings.http.host, settings.http.port) == ("127.0.0.1", 5000)
    assert (settings.variant, settings.agents) == ("hans", ("S0AGENTS", "U123"))


def test_the_file_may_be_named_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_CONFIG", str(write(tmp_path / "c.yaml", "log: {level: debug}")))

    assert load_settings().log.level == "debug"


def test_an_empty_file_and_an_empty_variable_set_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_DESK_CHANNEL", "")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")

    settings = load_settings(write(tmp_path / "c.yaml", "# nothing yet\n"))

    assert (settings.desk_channel, settings.slack.bot_token) == (None, None)


def test_overrides_win_over_everything(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_HTTP__PORT", "5000")
    monkeypatch.setenv("SLACK_API_URL", "https://elsewhere.example/api/")

    settings = load_settings(http={"port": 0}, slack={"api_url": "http://127.0.0.1:8020/api/"})

    assert (settings.http.port, settings.slack.api_url) == (0, "http://127.0.0.1:8020/api/")


def test_slack_keeps_its_own_names(monkeypatch: pytest.MonkeyPatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:8020/api/")

    slack = load_settings().slack

    assert slack.bot_token is not None
    assert slack.bot_token.get_secret_value() == SECRETS["SLACK_BOT_TOKEN"]
    assert slack.app_token is not None
    assert slack.signing_secret is not None
    assert slack.api_url == "http://127.0.0.1:8020/api/"


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_SUPERVISORS", "S0SUP, U0SUPTW")
    monkeypatch.setenv("FENCUN_SUPPORT_CHANNELS", "C0EXTYF")

    settings = load_settings()

    assert (settings.supervisors, settings.support_channels) == (("S0SUP", "U0SUPTW"), ("C0EXTYF",))


@pytest.mark.parametrize(
    ("transport", "tokens", "resolved"),
    [
        ("auto", ("SLACK_APP_TOKEN",), "socket"),
        ("auto", ("SLACK_SIGNING_SECRET",), "http"),
        ("http", ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"), "http"),
    ],
)
def test_socket_mode_where_an_app_token_is_set(
    monkeypatch: pytest.MonkeyPatch, transport: str, tokens: tuple[str, ...], resolved: str
):
    monkeypatch.setenv("FENCUN_TRANSPORT", transport)
    for name in tokens:
        monkeypatch.setenv(name, SECRETS[name])

    assert load_settings().resolved_transport == resolved


def test_settings_cannot_be_changed_once_built():
    with pytest.raises(ValueError, match="frozen"):
        load_settings().variant = "hans"


def test_secrets_show_as_stars_in_every_rendering(monkeypatch: pytest.MonkeyPatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()

    for shown in (
        repr(settings),
        str(settings),
        settings.model_dump_json(),
        json.dumps(settings.model_dump(), default=str),
    ):
        for value in SECRETS.values():
            assert value not in shown
        assert "very-secret" not in shown


@pytest.mark.parametrize("name", SECRETS)
def test_a_faulty_secret_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(name, "tell nobody")

    shown = fault()

    assert shown.startswith(f"{name}: must be ")
    assert "nobody" not in shown


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FENCUN_HTTP__PORT", "99999", "65535"),
        ("FENCUN_HTTP__PORT", "http", "integer"),
        ("FENCUN_TRANSPORT", "carrier-pigeon", "'socket' or 'http'"),
        ("FENCUN_DESK_CHANNEL", "#desk", "channel id"),
        ("FENCUN_AGENTS", "S0AGENTS,me", "not 'me'"),
        ("FENCUN_SUPPORT_CHANNELS", "general", "channel id"),
        ("FENCUN_INTAKE_BOTS", "mailer", "not 'mailer'"),
        ("FENCUN_SCRIPTS_DIR", "nowhere", "folder that exists"),
        ("FENCUN_POLICY_FILE", "nowhere.yaml", "file that exists"),
        ("FENCUN_CRM", "My CRM", "plug-in"),
        ("FENCUN_LOG__LEVEL", "loud", "'debug', 'info'"),
        ("FENCUN_VARIANT", "zh", "'hant' or 'hans'"),
        ("FENCUN_DATABASE_URL", "mysql://db/x", "postgresql://"),
        ("SLACK_API_URL", "slack.com", "https://"),
    ],
)
def test_a_faulty_variable_is_named_with_what_it_must_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
):
    monkeypatch.setenv(name, value)

    shown = fault()

    assert shown.startswith(f"{name}: ")
    assert said in shown


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_VARIANT", "zh")
    monkeypatch.setenv("FENCUN_HTTP__PORT", "http")

    shown = fault()

    assert "FENCUN_VARIANT: " in shown
    assert "FENCUN_HTTP__PORT: " in shown


@pytest.mark.parametrize(
    "url",
    [
        "postgres://db/x",
        "postgresql://db/x",
        "postgresql+psycopg2://db/x",
        "sqlite:///x.db",
        "sqlite+aiosqlite:////x.db",
    ],
)
def test_the_stores_url_may_be_written_as_for_any_client(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("FENCUN_DATABASE_URL", url)

    assert load_settings().store_url == url


def test_sql_wants_its_url(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_CRM", "sql")

    assert fault().startswith("FENCUN_CRM_URL: is needed with FENCUN_CRM=sql")


def test_a_crm_url_alone_means_sql_and_never_the_samples_customers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_CRM_URL", "sqlite:////srv/crm.db")
    assert load_settings().crm == "sql"

    monkeypatch.setenv("FENCUN_CRM", "sample")
    assert load_settings().crm == "sample"


def test_a_group_given_as_one_variable_is_explained(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_HTTP", "3000")

    shown = fault()

    assert "FENCUN_HTTP" in shown
    assert "FENCUN_HTTP__PORT" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("htpp: {port: 1}", "htpp in {file}: is not a setting; did you mean http?"),
        ("http: {prot: 1}", "http.prot in {file}: is not a setting; did you mean port?"),
        ("zzzzzz: 1", "zzzzzz in {file}: is not a setting; take it out"),
        ("http: {port: x}", "http.port in {file}: "),
        ("slack: {bot_token: nobody-may-see}", "slack.bot_token in {file}: must be a bot token"),
        ("agents: {a: b}", "agents in {file}: "),
        ("http: [", "{file}: is not valid YAML at line 1"),
        ("- a\n- b", "{file}: must hold settings"),
        ("1: 2", "{file}: must hold settings"),
    ],
)
def test_a_faulty_file_names_file_and_field(tmp_path: Path, content: str, said: str):
    file = write(tmp_path / "fencun.yaml", content)

    shown = fault(config=file)

    assert shown.startswith(said.format(file=file))
    assert "nobody" not in shown


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path: Path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("variant: é".encode("latin-1"))

    assert fault(config=tmp_path / "none.yaml").startswith(f"{tmp_path / 'none.yaml'}: cannot be read")
    assert fault(config=latin) == f"{latin}: is not UTF-8; save the file as UTF-8"


def test_a_variable_that_hides_the_file_is_the_one_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FENCUN_HTTP__PORT", "x")

    assert fault(config=write(tmp_path / "c.yaml", "http: {port: 80}")).startswith("FENCUN_HTTP__PORT: ")


def test_run_names_all_that_it_lacks(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError) as caught:
        load_settings().require_slack()

    for name in ("SLACK_BOT_TOKEN", "FENCUN_DESK_CHANNEL", "FENCUN_ESCALATION_CHANNEL", "SLACK_SIGNING_SECRET"):
        assert name in str(caught.value)
    assert "SLACK_APP_TOKEN" not in str(caught.value)


def test_run_is_content_with_what_its_transport_needs(monkeypatch: pytest.MonkeyPatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.setenv(name, SECRETS[name])
    monkeypatch.setenv("FENCUN_DESK_CHANNEL", "C0DESK")
    monkeypatch.setenv("FENCUN_ESCALATION_CHANNEL", "C0ESC")

    settings = load_settings()
    settings.require_slack()

    assert settings.resolved_transport == "socket"
    assert settings.opportunity_channel == "C0ESC"


def test_every_setting_is_described():
    def undescribed(model: type) -> list[str]:
        return [
            name
            for name, field in model.model_fields.items()
            if not field.description and not hasattr(field.annotation, "model_fields")
        ]

    groups = [field.annotation for field in Settings.model_fields.values() if hasattr(field.annotation, "model_fields")]
    assert len(groups) == 3
    assert [undescribed(model) for model in (Settings, *groups)] == [[], [], [], []]
