"""Logs for operators: one line per event, as JSON or for a terminal, without secrets and without customers' words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from typing import Any, Literal, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.adapters.redaction import MASK, redact

CUSTOMER_WORDS = frozenset({"text", "blocks", "payload", "body", "quote"})
"""Fields that may hold what a customer wrote. Above debug only their length is logged."""


def configure_logs(
    level: Literal["debug", "info", "warning", "error"] = "info",
    form: Literal["auto", "json", "console"] = "auto",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Sends structlog's and the standard library's events to ``stream`` (stderr), in one form.

    ``secrets`` are masked wherever they occur, beside what ``redact`` knows by its shape.
    """
    stream = sys.stderr if stream is None else stream
    as_json = form == "json" or (form == "auto" and not stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _hide_customer_words,
    ]
    render = _renderer(as_json, stream.isatty(), tuple(secret for secret in secrets if secret))
    structlog.configure(
        processors=[*shared, *render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,  # modules get their loggers at import, before this is called
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    # Libraries count as news what nobody runs the bot for; they speak up from warnings on, or when debugging.
    logging.basicConfig(handlers=[handler], level=("warning" if level == "info" else level).upper(), force=True)


def _renderer(as_json: bool, colours: bool, secrets: tuple[str, ...]) -> list[Processor]:
    if as_json:
        render: Processor = structlog.processors.JSONRenderer(serializer=_dumps)
        return [structlog.processors.format_exc_info, _masking(render, secrets)]
    # Plain tracebacks: the rich ones print local variables, and with them tokens and customers' words.
    console = structlog.dev.ConsoleRenderer(
        colors=colours, timestamp_key="time", exception_formatter=structlog.dev.plain_traceback
    )
    return [_masking(console, secrets)]


def _masking(render: Processor, secrets: tuple[str, ...]) -> Processor:
    """Masks the finished line: a secret is caught wherever it hides, also within a traceback."""

    def masked(logger: WrappedLogger, name: str, event: EventDict) -> str:
        line = str(render(logger, name, event))
        for secret in secrets:
            line = line.replace(secret, MASK)
        return redact(line)

    return masked


def _hide_customer_words(_logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    if name != "debug":
        for field in CUSTOMER_WORDS & event.keys():
            event[field] = f"<{len(str(event[field]))} characters>"
    return event


def _dumps(event: dict[str, Any], default: Callable[[Any], Any]) -> str:
    return orjson.dumps(event, default=default, option=orjson.OPT_NON_STR_KEYS).decode()
