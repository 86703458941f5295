"""The App Home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from bot.domain.commitments import PromiseRecord
from bot.domain.desk import CaseRecord, Dossier, DraftRecord, Locale
from bot.domain.escalations import Ask, EscalationRecord
from bot.domain.home import PAGE_SIZE, Home, HomeLine, HomeList, Page
from bot.domain.opportunities import OpportunityRecord
from bot.services.personal import AUTO
from handlers import names
from handlers.blocks import guide, kit
from handlers.blocks.card import current_contracts, wants_of
from handlers.blocks.words import Words

MAX_WORDS = 60
MAX_DRAFT = 220
_FARTHEST = 100_000

T = TypeVar("T")
LineOf = Callable[[HomeLine[T]], Iterator[kit.Block]]


def home(page: Home, words: Words) -> kit.Block:
    if not page.roles:
        return {"type": "home", "blocks": [kit.section(words("home.outsider"))]}
    hello = kit.section(guide.greeting(page.roles, words) if page.new else words("home.hello"))
    return {"type": "home", "blocks": [hello, *_lists(page, words), *_settings(page, words)]}


def places_of(value: str) -> dict[HomeList, int]:
    """Where the pages of the lists begin, from a button of the page; what it does not say begins at the top."""
    pairs = (part.partition("=") for part in value.split("&"))
    return {
        HomeList(name): min(int(offset), _FARTHEST)
        for name, _, offset in pairs
        if name in set(HomeList) and offset.isascii() and offset.isdigit()
    }


def _lists(page: Home, words: Words) -> Iterator[kit.Block]:
    lines, lists = HomeLines(page.now, words), _Lists(page, words)
    yield from lists.show(HomeList.PROMISES, page.promises, lines.promise)
    yield from lists.show(HomeList.CASES, page.cases, lines.case)
    yield from lists.show(HomeList.UNTAKEN, page.untaken, lines.case)
    yield from lists.show(HomeList.DRAFTS, page.drafts, lines.drafts)
    yield from lists.show(HomeList.ESCALATIONS, page.escalations, lines.escalation)
    yield from lists.show(HomeList.OVERDUE, page.overdue, lines.overdue)
    yield from lists.show(HomeList.OPPORTUNITIES, page.opportunities, lines.opportunity)
    yield from lists.show(HomeList.CALLS, page.calls, lines.call)


class _Lists:
    """Shows lists of any kind of line, with the buttons that turn their pages and leave the others where they are."""

    def __init__(self, page: Home, words: Words) -> None:
        self._words = words
        self._places = {listed: found.offset for listed, found in page.lists.items() if found.offset}

    def show(self, listed: HomeList, page: Page[T] | None, line_of: LineOf[T]) -> Iterator[kit.Block]:
        """Nothing where the list does not concern the person; an empty one says what will stand there."""
        if page is None:
            return
        yield kit.header(self._words(f"home.{listed}"))
        if not page.lines:
            yield kit.context(self._words(f"home.{listed}_empty"))
        for line in page.lines:
            yield from line_of(line)
        turns = list(self._turns(listed, page))
        if turns:
            yield kit.actions(*turns)

    def _turns(self, listed: HomeList, page: Page[T]) -> Iterator[kit.Block]:
        size = PAGE_SIZE[listed]
        if page.offset:
            yield kit.button(
                names.HOME_NEWER, self._words("button.newer"), self._at(listed, max(page.offset - size, 0))
            )
        if page.more:
            yield kit.button(names.HOME_OLDER, self._words("button.older"), self._at(listed, page.offset + size))

    def _at(self, listed: HomeList, offset: int) -> str:
        return "&".join(f"{name}={place}" for name, place in {**self._places, listed: offset}.items())


def _settings(page: Home, words: Words) -> Iterator[kit.Block]:
    chosen = page.preference.locale
    options = [(name, words(f"language.{name}")) for name in (AUTO, *Locale)]
    yield {"type": "divider"}
    yield kit.actions(
        kit.select(names.HOME_LANGUAGE, words("home.language"), options, chosen or AUTO),
        kit.checkbox(names.HOME_HINTS, words("home.hints"), "on", ticked=page.preference.hints),
        kit.button(names.HOME_REFRESH, words("button.refresh"), "refresh"),
    )
    yield kit.section(guide.text(page.roles, words))


class HomeLines:
    """One line of each kind, as blocks. ``now`` is when the page was made."""

    def __init__(self, now: datetime, words: Words) -> None:
        self._now = now
        self._words = words

    def promise(self, line: HomeLine[PromiseRecord]) -> Iterator[kit.Block]:
        promise = line.record
        kept = kit.button(
            names.PROMISE_KEPT, self._words("button.kept"), f"{promise.channel}|{promise.ts}|{promise.position}"
        )
        yield kit.section(self._promise(line), kept)

    def overdue(self, line: HomeLine[PromiseRecord]) -> Iterator[kit.Block]:
        yield kit.section(f"{self._promise(line)}{self._words.gap}{kit.mention(line.record.by)}")

    def case(self, line: HomeLine[CaseRecord]) -> Iterator[kit.Block]:
        said = next(iter(line.dossier.messages[-1:]), None)
        waits = said is not None and said.reading is not None
        state = self._words("home.waiting" if waits else "home.answered")
        since = self._words.ago(said.at if said else line.record.opened_at, self._now)
        quoted = f"\n>{kit.escape(kit.clip(' '.join(said.text.split()), MAX_WORDS))}" if said else ""
        ways = self._ways(card=line.link, customer=line.customer_link)
        told = f"{state}{self._words.dot}{since}{self._words.gap}{ways}{quoted}"
        yield kit.section(f"{self._whose(line.dossier)}\n{self._wants(line.dossier)}\n{told}")

    def call(self, line: HomeLine[CaseRecord]) -> Iterator[kit.Block]:
        agent = line.record.agent
        owner = self._words("home.with_agent", agent=kit.mention(agent)) if agent else self._words("home.no_agent")
        ways = self._ways(card=line.link, customer=line.customer_link)
        yield kit.section(f"{self._whose(line.dossier)}\n{self._wants(line.dossier)}\n{owner}{self._words.gap}{ways}")

    def drafts(self, line: HomeLine[tuple[DraftRecord, ...]]) -> Iterator[kit.Block]:
        first = line.record[0]
        key = "home.kept_at" if first.kept_at else "home.shown_at"
        when = self._words(key, time=self._words.clock(first.kept_at or first.shown_at))
        throw = kit.button(names.DRAFT_THROW, self._words("button.throw"), first.sheet)
        ways = self._ways(customer=line.customer_link)
        yield kit.section(f"*{self._customer(line.dossier)}*{self._words.gap}{when}{self._words.gap}{ways}", throw)
        for draft in line.record:
            use = kit.button(names.DRAFT_USE, self._words("button.use"), draft.id)
            tone = self._words(f"tone.{draft.tone.value}")
            yield kit.section(f"*{tone}*{self._words.gap}{kit.escape(kit.clip(draft.text, MAX_DRAFT))}", use)

    def escalation(self, line: HomeLine[EscalationRecord]) -> Iterator[kit.Block]:
        record = line.record
        ask, reason = record.request.ask, kit.escape(kit.clip(record.reason, MAX_WORDS))
        asked = self._words(f"ask.{ask}") if ask and ask is not Ask.OTHER else ""
        about = self._words.gap.join(filter(None, (asked, reason))) or self._wants(line.dossier)
        waited = self._words("home.waited", span=self._words.span(record.opened_at, self._now))
        ways = self._ways(thread=line.link, customer=line.customer_link)
        by = kit.mention(record.opened_by)
        yield kit.section(f"{self._whose(line.dossier)}\n{about}\n{waited}{self._words.gap}{by}{self._words.gap}{ways}")

    def opportunity(self, line: HomeLine[OpportunityRecord]) -> Iterator[kit.Block]:
        record = line.record
        stage = self._words(f"home.stage.{record.stage.value}")
        held = f"{self._words.gap}{self._words('home.on_hold')}" if record.hold else ""
        since = self._words.ago(record.opened_at, self._now)
        ways = self._ways(thread=line.link, customer=line.customer_link)
        worth = "".join(f"{self._words.gap}{part}" for part in self._worth(line.dossier))
        yield kit.section(
            f"{self._whose(line.dossier)}\n{self._words(record.reason)}{worth}\n{stage}{held}{self._words.gap}{since}"
            f"{self._words.gap}{ways}"
        )

    def _promise(self, line: HomeLine[PromiseRecord]) -> str:
        promise = line.record
        assert promise.due is not None, "only dated promises are listed"
        if promise.overdue(self._now):
            due = self._words("home.overdue_by", span=self._words.span(promise.due, self._now))
        else:
            due = self._words("home.due", time=self._words.clock(promise.due))
        said = kit.escape(kit.clip(promise.text, MAX_WORDS))
        ways = self._ways(customer=line.link)
        return f"*{self._customer(line.dossier)}*{self._words.gap}{due}\n>{said}\n{ways}"

    def _whose(self, dossier: Dossier) -> str:
        """The customer, and the contract that matters most: the newest one that is not in force, else the newest."""
        account = dossier.answer.account
        contracts = current_contracts(account.contracts.items) if account else []
        lapsed = [c for c in contracts if not self._words.state(c, dossier).covered]
        told = [self._words.contract(contract, dossier) for contract in (lapsed or contracts)[-1:]]
        return self._words.gap.join([f"*{self._customer(dossier)}*", *told])

    def _worth(self, dossier: Dossier) -> Iterator[str]:
        account = dossier.answer.account
        for contract in current_contracts(account.contracts.items) if account else ():
            if contract.renewal_price is not None:
                yield self._words("home.worth", price=self._words.money(contract.renewal_price))

    def _wants(self, dossier: Dossier) -> str:
        return f"{self._words('card.wants')}{self._words('style.colon')}{wants_of(dossier, self._words)}"

    def _customer(self, dossier: Dossier) -> str:
        return kit.escape(self._words.customer(dossier))

    def _ways(self, **links: str | None) -> str:
        return self._words.gap.join(
            f"<{link}|{self._words(f'home.to_{name}')}>" for name, link in links.items() if link
        )
