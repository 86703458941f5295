"""Looks at what lies on our own side: variables, house rules, scripts, store and CRM."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.adapters.clock import SystemClock
from bot.adapters.crm import registry
from bot.adapters.scripts.check import faults_of
from bot.adapters.scripts.policy import load_policy
from bot.adapters.store.store import SqlStore
from bot.cli.checks.check import Check, fail, ok, warn
from bot.customers import open_crm
from bot.domain.errors import FencunError, ScriptsError
from bot.domain.policy import Policy
from config.reference import variables
from config.settings import PACKAGED_SCRIPTS, Settings

_OTHER_VARIABLES = ("FENCUN_CONFIG", "FENCUN_DEBUG")


async def local_checks(settings: Settings) -> AsyncIterator[Check]:
    for check in _variables():
        yield check
    policy, check = _policy(settings)
    yield check
    yield _scripts(settings)
    yield await _store(settings)
    yield await _crm(settings, policy)
    for plugin in registry.survey():
        if plugin.fault:
            yield warn("crm_plugin", "failed", name=plugin.name, reason=plugin.fault)


def _variables() -> list[Check]:
    """A misspelt variable is no error, for others may set theirs (Kubernetes does); so it is shown here."""
    known = variables()
    return [
        warn("variables", "variable_unknown", name, nearest=", ".join(get_close_matches(name, known, n=1)) or "–")
        for name in sorted(os.environ)
        if name.startswith("FENCUN_") and name not in known and name not in _OTHER_VARIABLES
    ]


def _policy(settings: Settings) -> tuple[Policy, Check]:
    try:
        return load_policy(settings.policy_file), ok("policy", "policy_ok", file=settings.policy_file.name)
    except ScriptsError as error:
        return Policy(), fail("policy", "failed", "FENCUN_POLICY_FILE", reason=error.faults[0])


def _scripts(settings: Settings) -> Check:
    faults = faults_of(settings.scripts_dir, PACKAGED_SCRIPTS)
    if faults:
        return fail("scripts", "scripts_faulty", "FENCUN_SCRIPTS_DIR", count=str(len(faults)), reason=faults[0])
    return ok("scripts", "scripts_ok", folder=settings.scripts_dir.name)


async def _store(settings: Settings) -> Check:
    try:
        async with await SqlStore.open(settings.store_url) as store:
            await store.check()
    except FencunError as error:
        return fail("store", "failed", "FENCUN_DATABASE_URL", reason=str(error))
    return ok("store", "store_ok", kind=settings.store_url.partition(":")[0].partition("+")[0])


async def _crm(settings: Settings, policy: Policy) -> Check:
    try:
        async with open_crm(settings, policy, SystemClock(ZoneInfo(policy.timezone))) as crm:
            await crm.check()
    except FencunError as error:
        setting = "FENCUN_CRM" if settings.crm_url is None else "FENCUN_CRM_URL"
        return fail("crm", "failed", setting, reason=str(error))
    if settings.crm == "sample":
        return warn("crm", "crm_sample", "FENCUN_CRM")
    return ok("crm", "crm_ok", name=settings.crm)
