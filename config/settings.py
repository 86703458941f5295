"""The one settings object: environment over file over defaults, read when ``load_settings`` is called.

Variables begin with ``FENCUN_``; ``__`` leads into a group (``FENCUN_HTTP__PORT``). Slack's own variables keep
the names that Slack's tools use. The YAML file (``--config`` or ``FENCUN_CONFIG``) has the same fields.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as SourceError

from bot.domain.channels import ChannelMode, Rotation
from bot.domain.errors import SettingsError
from config.faults import SLACK_VARIABLES, describe, read_config_file

PACKAGED_SCRIPTS = Path(__file__).parent.parent / "scripts_zh"
PACKAGED_POLICY = Path(__file__).parent / "policy.yaml"


def _listed(value: object) -> object:
    """A list may be written with commas: ``U1, U2``."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _matching(pattern: str, meaning: str) -> AfterValidator:
    """A text of this form; ``meaning`` completes "must be" for people."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {meaning}")
        return text

    return AfterValidator(check)


def _secret(pattern: str, meaning: str) -> AfterValidator:
    """As ``_matching``, for what is never shown."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError(f"must be {meaning}")
        return secret

    return AfterValidator(check)


def _existing(kind: Literal["folder", "file"]) -> AfterValidator:
    def check(path: Path) -> Path:
        if not (path.is_dir() if kind == "folder" else path.is_file()):
            raise ValueError(f"must be a {kind} that exists")
        return path

    return AfterValidator(check)


BotToken = Annotated[SecretStr, _secret(r"xoxb-[\w-]+", "a bot token, xoxb-… (OAuth & Permissions)")]
AppToken = Annotated[SecretStr, _secret(r"xapp-[\w-]+", "an app-level token, xapp-… (Basic Information)")]
SigningSecret = Annotated[SecretStr, _secret(r"[\w-]+", "the signing secret (Basic Information), without spaces")]
ApiUrl = Annotated[str, _matching(r"https?://[^\s/]+(/\S*)?", "a URL that begins with https:// or http://")]
StoreUrl = Annotated[
    SecretStr,
    _secret(
        r"(sqlite(\+[a-z0-9]+)?:///|postgres(ql)?(\+[a-z0-9]+)?://)\S+",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    ),
]
CrmUrl = Annotated[SecretStr, _secret(r"[a-z][a-z0-9+]*://\S+", "a URL such as postgresql://USER:PASSWORD@HOST/NAME")]
CrmName = Annotated[str, _matching(r"[a-z][a-z0-9_-]*", "sample, sql, or the name of an installed plug-in")]
ChannelId = Annotated[
    str, _matching(r"[CG][A-Z0-9]{2,}", "a channel id such as C0123ABCD (at the end of the channel's details)")
]
StaffId = Annotated[str, _matching(r"[SUW][A-Z0-9]{2,}", "a user id (U…) or a user group id (S…)")]
BotId = Annotated[str, _matching(r"[ABUW][A-Z0-9]{2,}", "the id of an app (A…), a bot (B…) or a bot user (U…)")]
OwnToken = Annotated[
    SecretStr,
    _secret(r"[UW][A-Z0-9]{2,}=xoxp-[\w-]+", "a user id, =, and that person's user token, as U0123ABCD=xoxp-…"),
]
OwnTokens = Annotated[tuple[OwnToken, ...], NoDecode, BeforeValidator(_listed)]
Staff = Annotated[tuple[StaffId, ...], NoDecode, BeforeValidator(_listed)]
Channels = Annotated[tuple[ChannelId, ...], NoDecode, BeforeValidator(_listed)]
Bots = Annotated[tuple[BotId, ...], NoDecode, BeforeValidator(_listed)]


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SlackSettings(_Group):
    bot_token: BotToken | None = Field(None, description="bot token, `xoxb-…`")
    app_token: AppToken | None = Field(None, description="app-level token, `xapp-…`, for Socket Mode")
    signing_secret: SigningSecret | None = Field(None, description="signing secret, for HTTP")
    api_url: ApiUrl = Field("https://slack.com/api/", description="where Slack's Web API is")


class HttpSettings(_Group):
    host: str = Field("0.0.0.0", min_length=1, description="address to listen on")  # noqa: S104 - a container's port
    port: int = Field(3000, ge=0, le=65535, description="port for Slack's requests, health and metrics")


class LogSettings(_Group):
    level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level that is written")
    format: Literal["auto", "json", "console"] = Field("auto", description="`auto`: console on a terminal, else JSON")


class Settings(BaseSettings):
    """Frozen once built. Secrets are ``SecretStr``: they show as stars wherever they are printed or logged."""

    model_config = SettingsConfigDict(
        env_prefix="FENCUN_", env_nested_delimiter="__", env_ignore_empty=True, extra="forbid", frozen=True
    )

    slack: SlackSettings = SlackSettings()
    http: HttpSettings = HttpSettings()
    log: LogSettings = LogSettings()
    transport: Literal["auto", "socket", "http"] = Field(
        "auto", description="`auto`: Socket Mode where an app token is set, else HTTP"
    )
    data_dir: Path = Field(Path("var"), description="folder for everything the bot writes")
    database_url: StoreUrl | None = Field(
        None, description="store; a SQLite file in `data_dir` by default, or `postgresql://…`"
    )
    crm: CrmName = Field(
        "sample",
        description="`sample`, `sql` (where `crm_url` is set), or the name of an installed `fencun.crm` plug-in",
    )
    crm_url: CrmUrl | None = Field(None, description="where the CRM is; for `sql`, the SQLAlchemy URL of its views")
    scripts_dir: Annotated[Path, _existing("folder")] = Field(
        PACKAGED_SCRIPTS, description="folder of the scripts (話術)"
    )
    policy_file: Annotated[Path, _existing("file")] = Field(
        PACKAGED_POLICY, description="house rules: limits, caps, working hours"
    )
    desk_channel: ChannelId | None = Field(None, description="internal channel for the cards")
    escalation_channel: ChannelId | None = Field(None, description="internal channel for escalations")
    sales_channel: ChannelId | None = Field(
        None, description="internal channel for opportunities; the escalation channel by default"
    )
    agents: Staff = Field((), description="support agents: user group id or user ids, with commas")
    agent_tokens: OwnTokens = Field(
        (),
        description="`USER=xoxp-…`: replies of these people are posted with their own token (user scope `chat:write`), "
        "others' under their name by the bot",
    )
    supervisors: Staff = Field((), description="who decides on escalations")
    engineers: Staff = Field((), description="who answers technical questions")
    sales: Staff = Field((), description="whom to tag where the CRM names no owner")
    support_channels: Channels = Field(
        (), description="channels with customers; empty: every Slack Connect channel the bot is in"
    )
    channel_mode: ChannelMode = Field(
        ChannelMode.CARD, description="what happens in a channel with customers until `/desk mode` says otherwise"
    )
    duty: Staff = Field((), description="who takes up new cases, in order; empty: all agents")
    duty_rotation: Rotation = Field(
        Rotation.FIRST, description="whose turn it is on the duty list: `first`, or the next each `day` or `hour`"
    )
    admins: Staff = Field((), description="who is told when an internal channel becomes shared; empty: supervisors")
    intake_bots: Bots = Field((), description="integrations that relay customers' messages")
    variant: Literal["hant", "hans"] = Field("hant", description="written form where a text does not show its own")

    @property
    def store_url(self) -> str:
        """The database URL that counts; it may hold a password, so it is not for showing."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'fencun.db'}"

    @property
    def own_tokens(self) -> dict[str, str]:
        """User tokens by user id; not for showing."""
        return dict(pair.get_secret_value().split("=", 1) for pair in self.agent_tokens)

    @property
    def resolved_transport(self) -> Literal["socket", "http"]:
        if self.transport == "auto":
            return "socket" if self.slack.app_token else "http"
        return self.transport

    @property
    def opportunity_channel(self) -> str | None:
        return self.sales_channel or self.escalation_channel

    @model_validator(mode="before")
    @classmethod
    def _a_crm_url_means_sql(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Whoever names a database and no adapter does not want the sample's customers."""
        return {"crm": "sql", **given} if given.get("crm_url") else given

    @model_validator(mode="after")
    def _crm_is_reachable(self) -> Self:
        if self.crm == "sql" and self.crm_url is None:
            raise ValueError("FENCUN_CRM_URL: is needed with FENCUN_CRM=sql; set the SQLAlchemy URL of the CRM views")
        return self

    def require_slack(self) -> None:
        """Raises ``SettingsError`` naming what ``run`` lacks."""
        needed = {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "FENCUN_DESK_CHANNEL": self.desk_channel,
            "FENCUN_ESCALATION_CHANNEL": self.escalation_channel,
        }
        if self.resolved_transport == "socket":
            needed["SLACK_APP_TOKEN"] = self.slack.app_token
        else:
            needed["SLACK_SIGNING_SECRET"] = self.slack.signing_secret
        missing = [name for name, value in needed.items() if value is None]
        if missing:
            raise SettingsError(f"{', '.join(missing)}: not set; fencun doctor says where to find each")


def load_settings(config: Path | None = None, **overrides: Any) -> Settings:
    """Reads environment and file once. ``overrides`` win over both; groups are given as dictionaries.

    Raises ``SettingsError``: one line that names each faulty setting, where it stands and how to mend it.
    """
    path = config or (Path(named) if (named := os.environ.get("FENCUN_CONFIG")) else None)
    content = read_config_file(path) if path else {}
    try:
        return _bound_to(content)(**overrides)
    except (ValidationError, SourceError) as error:
        raise SettingsError(describe(error, Settings, content, path)) from None  # the cause would show the values


def _bound_to(content: dict[str, Any]) -> type[Settings]:
    """Settings with the file's content as the source of least weight."""

    class Bound(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del dotenv_settings, file_secret_settings  # two more places to look would be two more to be surprised by
            slack = {key: os.environ[name] for key, name in SLACK_VARIABLES.items() if os.environ.get(name)}
            variables = InitSettingsSource(settings_cls, {"slack": slack})
            return init_settings, variables, env_settings, InitSettingsSource(settings_cls, content)

    return Bound
