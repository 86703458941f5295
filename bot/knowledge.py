"""Loads what the product knows from the files that the settings name."""

from __future__ import annotations

from bot.adapters.scripts.letters import load_labels
from bot.adapters.scripts.lexicon import load_lexicon
from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.adapters.scripts.policy import load_policy
from bot.adapters.scripts.promises import load_promises
from bot.adapters.scripts.texts import load_texts
from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.drafting.drafter import Drafter
from bot.domain.letters.writer import LetterWriter
from bot.domain.lint.linter import Linter
from bot.domain.policy import Policy
from bot.domain.reading.calendar import CountryCalendar
from bot.domain.reading.reader import Reader
from bot.services.knowledge import Knowledge
from config.settings import Settings


def load_knowledge(settings: Settings) -> Knowledge:
    """Raises ``ScriptsError`` with every fault of the first kind of file that has any."""
    scripts = settings.scripts_dir
    policy = load_policy(settings.policy_file)
    linter = Linter(load_lint(scripts / "lint"))
    drafter = Drafter(load_plays(scripts / "plays"), linter, policy)
    return Knowledge(
        policy=policy,
        reader=load_reader(settings, policy),
        linter=linter,
        drafter=drafter,
        letters=LetterWriter(drafter, load_labels(scripts / "letters"), policy),
        verdicts=load_verdicts(scripts / "lexicon"),
        texts=load_texts(scripts / "texts"),
        promises=load_promises(scripts / "lexicon"),
    )


def load_reader(settings: Settings, policy: Policy) -> Reader:
    """Raises ``ScriptsError``."""
    calendar = CountryCalendar(policy.country, policy.workday_end_hour)
    return Reader(load_lexicon(settings.scripts_dir / "lexicon"), calendar=calendar)
