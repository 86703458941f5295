"""The house rules that the articles leave open: limits, cadences, caps. All are settings with sane defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from bot.domain.cases import Severity
from bot.domain.channels import QuietHours
from bot.domain.money import Currency


@dataclass(frozen=True, slots=True)
class Policy:
    """Loaded from ``config/policy.yaml``; hours are working hours unless a name says otherwise."""

    company: str = ""
    """Our own company's name where a letter needs it; empty: the agent fills it in."""
    timezone: str = "Asia/Taipei"
    country: str = "TW"
    """Whose public holidays count: ``TW`` or ``CN``."""
    workday_start_hour: int = 9
    workday_end_hour: int = 18
    expiring_within_days: int = 45
    low_cost_limit: dict[Currency, Decimal] = field(
        default_factory=lambda: {Currency.TWD: Decimal(5000), Currency.CNY: Decimal(1200), Currency.USD: Decimal(160)}
    )
    """Up to this cost, and not hard, a free service may be asked for (rule 6); above it, rule 7."""
    compensation_caps: dict[str, dict[Currency, Decimal]] = field(
        default_factory=lambda: {
            "agent": {Currency.TWD: Decimal(0), Currency.CNY: Decimal(0)},
            "supervisor": {Currency.TWD: Decimal(50000), Currency.CNY: Decimal(12000)},
        }
    )
    """What a role may grant by itself (rule 41)."""
    offer_limits: dict[str, dict[Currency, Decimal]] = field(
        default_factory=lambda: {
            "agent": {Currency.TWD: Decimal(5000), Currency.CNY: Decimal(1200), Currency.USD: Decimal(160)},
            "supervisor": {Currency.TWD: Decimal(50000), Currency.CNY: Decimal(12000), Currency.USD: Decimal(1600)},
        }
    )
    """The most that a role may put forward when it asks for a decision: what is given, or taken off the price."""
    discount_limits: dict[str, Decimal] = field(
        default_factory=lambda: {"agent": Decimal(20), "supervisor": Decimal(100)}
    )
    """The same for discounts, in percent off."""
    first_word_within_minutes: dict[Severity, int] = field(
        default_factory=lambda: {
            Severity.CRITICAL: 30,
            Severity.HIGH: 60,
            Severity.MEDIUM: 90,
            Severity.LOW: 120,
        }
    )
    """Working minutes until the customer hears from us; as medium before the triage, as high where somebody waits.
    Sooner where the customer names an hour that comes before."""
    decision_within_hours: int = 2
    revise_within_seconds: int = 60
    """For so long a supervisor may change or take back a decision."""
    progress_every_hours: int = 2
    call_after_minutes: int = 5
    """S2 calls five minutes after the document went out (rule 58)."""
    repeat_contact_days: int = 7
    good_customer_years: int = 2
    conversation_window_minutes: int = 240
    """Top-level messages of one channel within this window belong to one case."""
    quiet_from_hour: int = 21
    quiet_to_hour: int = 8
    """From then to then, in the tenant's time zone, nobody is nudged; equal hours: no quiet at all."""
    public_mail_domains: tuple[str, ...] = (
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.com.tw",
        "yahoo.com.cn",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "139.com",
        "189.cn",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "pchome.com.tw",
        "hinet.net",
        "msa.hinet.net",
        "seed.net.tw",
    )
    """Domains where anybody may have an address: they say nothing about whose customer somebody is."""
    draft_max_chars: int = 180
    """Longer chat drafts give up their optional lines."""

    @property
    def quiet_hours(self) -> QuietHours:
        return QuietHours(time(self.quiet_from_hour), time(self.quiet_to_hour))

    @property
    def currency(self) -> Currency:
        """What a bare amount counts as when it is held against a limit; never shown to anyone."""
        return Currency.CNY if self.country == "CN" else Currency.TWD
