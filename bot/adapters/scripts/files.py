"""Reads one data file into a typed model, and names file, field and reason of every fault."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.errors import ScriptsError

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is some ten times faster


class FileModel(BaseModel):
    """Base of all file models: a field nobody knows is a typing error, so it is refused.

    What checks a model is built with the first file of its kind: a part of another is never checked alone.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


M = TypeVar("M", bound=BaseModel)


def read_yaml(path: Path, model: type[M]) -> M:
    """Raises ``ScriptsError`` with one ``file: field: reason`` line per fault."""
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except OSError as error:
        raise ScriptsError([f"{path}: -: cannot be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise ScriptsError([f"{path}: byte {error.start}: is not UTF-8; save the file as UTF-8"]) from error
    except yaml.YAMLError as error:
        raise ScriptsError([f"{path}: {_where(error)}: is not valid YAML"]) from error
    except ValueError as error:  # YAML makes dates of what looks like one, 2026-02-30 included
        raise ScriptsError([f"{path}: -: holds an impossible date ({error})"]) from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ScriptsError(faults_of(path, error)) from error


def faults_of(path: Path, error: ValidationError) -> list[str]:
    """One ``file: field: reason`` line for each thing that a file model minds."""
    return [_fault(path, item["loc"], item["msg"]) for item in error.errors()]


def _fault(path: Path, loc: tuple[int | str, ...], reason: str) -> str:
    return f"{path}: {'.'.join(str(part) for part in loc) or '-'}: {reason}"


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "-"
