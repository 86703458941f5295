"""Says in one line what is wrong with the settings: which, where it stands, and how to mend it."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError as SourceError

from bot.domain.errors import SettingsError

SLACK_VARIABLES = {
    "bot_token": "SLACK_BOT_TOKEN",
    "app_token": "SLACK_APP_TOKEN",
    "signing_secret": "SLACK_SIGNING_SECRET",
    "api_url": "SLACK_API_URL",
}
"""The fields of the ``slack`` group, which keep the names that Slack's tools use."""


def variable(*path: str) -> str:
    """The environment variable of a field: ``http, port`` is ``FENCUN_HTTP__PORT``."""
    if path[0] == "slack" and len(path) > 1:
        return SLACK_VARIABLES.get(path[1], "SLACK_" + path[1].upper())
    return "FENCUN_" + "__".join(path).upper()


def read_config_file(path: Path) -> dict[str, Any]:
    """The content of the YAML file. Raises ``SettingsError``."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check --config or FENCUN_CONFIG") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8; save the file as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise SettingsError(f"{path}: is not valid YAML{where}; check the indentation and the quotes") from error
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise SettingsError(f"{path}: must hold settings as `name: value` lines")
    return content


def describe(
    error: ValidationError | SourceError, model: type[BaseModel], content: dict[str, Any], path: Path | None
) -> str:
    """All faults in one line, none of them with a secret's value."""
    if isinstance(error, SourceError):
        return f"a group of settings is not valid JSON ({error}); set its fields one by one, as FENCUN_HTTP__PORT"
    details = error.errors(include_url=False, include_context=False)
    faults = dict.fromkeys(_fault(detail, model, content, path) for detail in details)
    return "; ".join(faults)


def _fault(detail: ErrorDetails, model: type[BaseModel], content: dict[str, Any], path: Path | None) -> str:
    loc = tuple(part for part in detail["loc"] if isinstance(part, str))
    reason = detail["msg"].removeprefix("Value error, ")
    if not loc:
        return reason
    name = f"{'.'.join(loc)} in {path}" if _stands_in_file(loc, content) else variable(*loc)
    if detail["type"] == "extra_forbidden":
        return f"{name}: is not a setting{_nearest(loc, model)}"
    if detail["type"].startswith("model_"):
        return f"{name}: is a group; set its fields one by one, as FENCUN_HTTP__PORT or `http: {{port: 3000}}`"
    shown = (
        "" if _is_secret(loc) or not isinstance(detail["input"], str | int | float) else f", not {detail['input']!r}"
    )
    return f"{name}: {reason}{shown}"


def _stands_in_file(loc: tuple[str, ...], content: Any) -> bool:
    """Whether the value that counts is the file's: it is there, and no variable hides it."""
    if os.environ.get(variable(*loc)):
        return False
    for part in loc:
        if not isinstance(content, dict) or part not in content:
            return False
        content = content[part]
    return True


def _nearest(loc: tuple[str, ...], model: type[BaseModel]) -> str:
    for part in loc[:-1]:
        group = model.model_fields[part].annotation
        if not (isinstance(group, type) and issubclass(group, BaseModel)):
            return ""
        model = group
    near = get_close_matches(loc[-1], model.model_fields, n=1)
    return f"; did you mean {near[0]}?" if near else "; take it out"


def _is_secret(loc: tuple[str, ...]) -> bool:
    return loc[-1].endswith(("_token", "_tokens", "_secret", "_url", "slack"))
