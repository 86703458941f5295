"""The way to the configured CRM."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.adapters.crm import registry
from bot.adapters.crm.sql.sample import ensure_sample
from bot.domain.policy import Policy
from bot.ports import Clock
from bot.services.crm import CrmLimits, CrmService
from config.settings import Settings

_OWN_FILE = CrmLimits(rate=100_000, burst=100_000)
"""Nobody else is served by the sample's file, so nobody has to be spared."""


def open_crm(settings: Settings, policy: Policy, clock: Clock) -> CrmService:
    """The configured CRM; nothing is connected before ``async with``. Raises ``CrmUnsupported``."""
    zone = ZoneInfo(policy.timezone)
    if settings.crm == "sample":
        path = settings.data_dir / "sample_crm.db"
        ensure_sample(path, clock.now().date())
        return CrmService(registry.load("sql")(f"sqlite:///{path}", zone=zone), clock, limits=_OWN_FILE)
    url = settings.crm_url.get_secret_value() if settings.crm_url else ""
    return CrmService(registry.load(settings.crm)(url, zone=zone), clock)
