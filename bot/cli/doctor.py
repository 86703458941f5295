"""``fencun doctor``: looks at everything a running bot needs, and says how to mend what is missing."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator

import orjson

from bot.adapters.logs import configure_logs
from bot.adapters.redaction import redact
from bot.adapters.scripts.texts import load_texts
from bot.cli.checks.check import Check, Level
from bot.cli.checks.local import local_checks
from bot.cli.checks.slack import slack_checks
from bot.cli.parser import Subparsers
from bot.domain.desk import Locale
from bot.domain.text import one_line
from bot.domain.texts import Texts
from config.settings import PACKAGED_SCRIPTS, Settings, load_settings

_MARKS = {Level.OK: "✓", Level.WARN: "!", Level.FAIL: "✗"}


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "doctor",
        description="Check settings, tokens, scopes, channels, user groups, store, CRM and scripts, and say how to "
        "mend each. Leaves with 1 where something fails; works without tokens.",
    )
    parser.add_argument("--json", action="store_true", help="print the checks as JSON, for machines")
    parser.add_argument("--locale", choices=list(Locale), help="language of the answer (default: FENCUN_VARIANT)")


def run(args: argparse.Namespace) -> int:
    settings = load_settings(args.config)
    configure_logs("error", settings.log.format)
    locale = Locale(args.locale or settings.variant)
    # The packaged texts, for the doctor must be able to speak where the scripts are what is wrong.
    texts = load_texts(PACKAGED_SCRIPTS / "texts")
    levels = asyncio.run(_report(settings, texts, locale, as_json=args.json))
    return 1 if Level.FAIL in levels else 0


async def _report(settings: Settings, texts: Texts, locale: Locale, *, as_json: bool) -> set[Level]:
    checks = []
    async for check in _all(settings):
        checks.append(check)
        if not as_json:
            print(_line(check, texts, locale), flush=True)
    levels = {check.level for check in checks}
    if as_json:
        found = [_fields(check, texts, locale) for check in checks]
        print(orjson.dumps({"ok": Level.FAIL not in levels, "checks": found}, option=orjson.OPT_INDENT_2).decode())
    else:
        print(texts.get("doctor.summary.fail" if Level.FAIL in levels else "doctor.summary.ok", locale))
    return levels


async def _all(settings: Settings) -> AsyncIterator[Check]:
    async for check in local_checks(settings):
        yield check
    async for check in slack_checks(settings):
        yield check


def _line(check: Check, texts: Texts, locale: Locale) -> str:
    fields = _fields(check, texts, locale)
    setting = f" [{check.setting}]" if check.setting and check.level is not Level.OK else ""
    return f"{_MARKS[check.level]} {fields['subject']}: {fields['detail']}{setting}"


def _fields(check: Check, texts: Texts, locale: Locale) -> dict[str, str | None]:
    detail = texts.get(f"doctor.{check.outcome}", locale, **check.params)
    return {
        "check": check.subject,
        "level": check.level,
        "setting": check.setting,
        "subject": texts.get(f"doctor.subject.{check.subject}", locale),
        "detail": one_line(redact(detail)),
    }
