"""The App Home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.desk import HomePage, Role
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words

MINUTE, HOUR, DAY = 60, 3600, 86400


def home(page: HomePage, words: Words) -> kit.Block:
    blocks = [kit.section(words("home.hello")), *_lists(page, words)]
    if page.roles:
        blocks.append(kit.section(words("help.title")))
    return {"type": "home", "blocks": blocks}


def _lists(page: HomePage, words: Words) -> Iterator[kit.Block]:
    """Lists of the person's roles; an empty one says what will stand there."""
    if Role.AGENT in page.roles:
        lines = [
            _line(f"<#{case.record.channel}>", case.last_words, _age(page, case.record.last_customer_at, words))
            for case in page.cases
        ]
        yield from _list("home.cases", lines, words)
        yield kit.header(words("home.drafts"))
        for draft in page.drafts:
            use = kit.button(names.DRAFT_USE, words("button.use"), draft.id)
            yield kit.section(f"*{words(f'tone.{draft.tone.value}')}*　{kit.escape(kit.clip(draft.text, 300))}", use)
        if not page.drafts:
            yield kit.context(words("home.drafts_empty"))
    if Role.SUPERVISOR in page.roles:
        lines = [
            _line(kit.mention(e.opened_by), e.reason or words("escalation.title"), _age(page, e.opened_at, words))
            for e in page.escalations
        ]
        yield from _list("home.escalations", lines, words)
    if Role.SALES in page.roles:
        lines = [
            f"<#{o.channel}>　{words(o.record.reason)}　{_age(page, o.record.opened_at, words)}"
            for o in page.opportunities
        ]
        yield from _list("home.opportunities", lines, words)


def _line(who: str, said: str, age: str) -> str:
    return f"{who}　{kit.escape(kit.clip(said, 60))}　{age}"


def _list(title: str, lines: Sequence[str], words: Words) -> Iterator[kit.Block]:
    yield kit.header(words(title))
    if lines:
        yield kit.section("\n".join(f"• {line}" for line in lines))
    else:
        yield kit.context(words(f"{title}_empty"))


def _age(page: HomePage, since: datetime, words: Words) -> str:
    seconds = max(int((page.now - since).total_seconds()), 0)
    for unit, size in (("days", DAY), ("hours", HOUR)):
        if seconds >= size:
            return words(f"age.{unit}", count=seconds // size)
    return words("age.minutes", count=seconds // MINUTE)
