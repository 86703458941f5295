"""What the product knows before it meets a customer: house rules, scripts, and the way to the CRM."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.adapters.crm import registry
from bot.adapters.crm.sql.sample import ensure_sample
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.adapters.scripts.policy import load_policy
from bot.adapters.scripts.texts import load_texts
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.drafting.drafter import Drafter
from bot.domain.lint.linter import Linter
from bot.domain.policy import Policy
from bot.domain.reading.reader import Reader
from bot.domain.texts import Texts
from bot.domain.verdicts import VerdictLexicon
from bot.ports import Clock
from bot.services.crm import CrmService
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Knowledge:
    policy: Policy
    reader: Reader
    linter: Linter
    drafter: Drafter
    verdicts: VerdictLexicon
    texts: Texts


def load_knowledge(settings: Settings) -> Knowledge:
    """Raises ``ScriptsError`` with every fault of the first kind of file that has any."""
    scripts = settings.scripts_dir
    policy = load_policy(settings.policy_file)
    linter = Linter(load_lint(scripts / "lint"))
    return Knowledge(
        policy=policy,
        reader=Reader(load_lexicon(scripts / "lexicon")),
        linter=linter,
        drafter=Drafter(load_plays(scripts / "plays"), linter, policy),
        verdicts=load_verdicts(scripts / "lexicon"),
        texts=load_texts(scripts / "texts"),
    )


def open_crm(settings: Settings, policy: Policy, clock: Clock) -> CrmService:
    """The configured CRM; nothing is connected before ``async with``. Raises ``CrmUnsupported``."""
    zone = ZoneInfo(policy.timezone)
    if settings.crm == "sample":
        path = settings.data_dir / "sample_crm.db"
        ensure_sample(path, clock.now().date())
        return CrmService(registry.load("sql")(f"sqlite:///{path}", zone=zone), clock)
    url = settings.crm_url.get_secret_value() if settings.crm_url else ""
    return CrmService(registry.load(settings.crm)(url, zone=zone), clock)
