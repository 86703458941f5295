"""/desk: whose channel this is, what the desk does in it, and help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.channel_status import ChannelStatus, OpenCase
from bot.domain.channels import ChannelMode, mode_named
from bot.domain.contracts import Customer
from bot.domain.desk import CaseRecord, Locale, Role
from bot.domain.errors import CrmError, NotAllowed
from bot.ports import Chat, Spot, Store
from bot.ports.case_presenter import CasePresenter
from bot.services.accounts import Accounts
from bot.services.cards import CardService
from bot.services.channels import ChannelService
from bot.services.duty import Duty
from bot.services.knowledge import LiveKnowledge
from bot.services.lifecycle import KEEPERS
from bot.services.linking import Linking
from bot.services.people import People
from bot.services.personal import PersonalService, Run
from bot.services.preferences import Preferences

STAFF = tuple(Role)
MOST_CASES = 10
"""Open cases that a status names."""


class DeskCommand:
    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        linking: Linking,
        channels: ChannelService,
        cards: CardService,
        duty: Duty,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: CasePresenter,
        personal: PersonalService,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._linking = linking
        self._channels = channels
        self._cards = cards
        self._duty = duty
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._verbs: dict[str, Run] = {
            **personal.verbs(),
            "status": self._status,
            "link": self._link,
            "unlink": self._unlink,
            "mode": self._mode,
            "alerts": self._alerts,
        }

    async def run(self, user: str, spot: Spot, text: str) -> None:
        """What was typed after ``/desk``: a verb, in any of our languages, and what belongs to it."""
        await self._people.require(user, *STAFF)
        locale = await self._preferences.locale(user)
        word, _, rest = text.strip().partition(" ")
        verb = self._verb(word) if word else "help"
        if verb is None:
            await self._say(user, spot, "desk.unknown", locale, word=word[:40])
            verb = "help"
        await self._verbs[verb](user, spot, rest.strip(), locale)

    async def link_to(self, user: str, spot: Spot, customer_id: str) -> None:
        """The candidate that somebody chose."""
        await self._people.require(user, *KEEPERS)
        locale = await self._preferences.locale(user)
        if not await self._channels.is_support(spot.channel):
            raise NotAllowed(user=user, channel=spot.channel)
        customer = await self._linking.link(user, spot.channel, customer_id)
        await self._say(user, spot, "desk.linked", locale, name=customer.name, id=customer.id)

    async def stop_alerts(self, user: str, spot: Spot) -> None:
        await self._people.require(user, *STAFF)
        await self._set_alerts(user, spot, await self._preferences.locale(user), wanted=False)

    async def _link(self, user: str, spot: Spot, name: str, locale: Locale) -> None:
        if not await self._may_keep(user, spot, locale):
            return
        if not name:
            await self._say(user, spot, "desk.link_how", locale)
            return
        exact = await self._linking.exactly(name)
        if exact is not None:
            await self.link_to(user, spot, exact.id)
        elif found := await self._linking.candidates(name):
            await self._chat.show(user, spot, self._presenter.link_choice(name, found, locale))
        else:
            await self._say(user, spot, "desk.link_none", locale, name=name[:60])

    async def _unlink(self, user: str, spot: Spot, _: str, locale: Locale) -> None:
        if await self._may_keep(user, spot, locale):
            done = await self._linking.unlink(user, spot.channel)
            await self._say(user, spot, "desk.unlinked" if done else "desk.unlinked_nothing", locale)

    async def _mode(self, user: str, spot: Spot, word: str, locale: Locale) -> None:
        if not await self._may_keep(user, spot, locale):
            return
        mode = mode_named(word, self._mode_names()) if word else None
        if mode is None:
            current = self._presenter.mode_choice(word, await self._channels.mode(spot.channel), locale)
            await self._chat.show(user, spot, current)
            return
        await self._channels.set_mode(spot.channel, mode, user)
        await self._say(user, spot, f"desk.mode_set.{mode.name.lower()}", locale)
        if mode.tells:
            await self._refresh(spot.channel)

    async def _alerts(self, user: str, spot: Spot, word: str, locale: Locale) -> None:
        wanted = word.casefold() in self._names("desk.on")
        if not wanted and word.casefold() not in self._names("desk.off"):
            await self._say(user, spot, "desk.alerts_how", locale)
            return
        await self._set_alerts(user, spot, locale, wanted=wanted)

    async def _set_alerts(self, user: str, spot: Spot, locale: Locale, *, wanted: bool) -> None:
        await self._preferences.change(user, alerts=wanted)
        await self._say(user, spot, "desk.alerts_on" if wanted else "desk.alerts_off", locale)

    async def _status(self, user: str, spot: Spot, _: str, locale: Locale) -> None:
        if not await self._channels.is_support(spot.channel):
            await self._say(user, spot, "desk.not_support", locale)
            return
        async with self._store.read() as unit:
            cases = await unit.cases.open_in(spot.channel)
            linked = await unit.links.customer_of(spot.channel)
        customers, available = await self._customers(spot.channel, cases)
        status = ChannelStatus(
            record=await self._channels.record(spot.channel),
            mode=await self._channels.mode(spot.channel),
            customers=customers,
            linked=linked is not None,
            available=available,
            cases=tuple([OpenCase(case, await self._cards.link(case.id)) for case in cases[:MOST_CASES]]),
            on_duty=await self._duty.now(),
        )
        await self._chat.show(user, spot, self._presenter.channel_status(status, locale))

    async def _customers(self, channel: str, cases: Sequence[CaseRecord]) -> tuple[tuple[Customer, ...], bool]:
        """Whose channel it is, as far as the CRM can be asked: by its newest case, where there is one."""
        if cases:
            answer = await self._accounts.of_case(cases[0])
            known = (answer.account.customer,) if answer.account else answer.candidates
            return known, not answer.unavailable
        try:
            return tuple(await self._accounts.of_channel(channel)), True
        except CrmError:
            return (), False

    async def _may_keep(self, user: str, spot: Spot, locale: Locale) -> bool:
        """Raises ``NotAllowed`` for other roles; says so where no customers are."""
        await self._people.require(user, *KEEPERS)
        if await self._channels.is_support(spot.channel):
            return True
        await self._say(user, spot, "desk.not_support", locale)
        return False

    async def _refresh(self, channel: str) -> None:
        async with self._store.read() as unit:
            cases = await unit.cases.open_in(channel)
        for case in cases:
            await self._cards.refresh(case.id)

    def _verb(self, word: str) -> str | None:
        return next((verb for verb in self._verbs if word.casefold() in self._names(f"desk.verb.{verb}")), None)

    def _mode_names(self) -> dict[ChannelMode, tuple[str, ...]]:
        return {mode: self._names(f"desk.mode_words.{mode.name.lower()}") for mode in ChannelMode}

    def _names(self, key: str) -> tuple[str, ...]:
        """The words that people use for something, in all languages of the interface."""
        texts = self._knowledge.current.texts
        return tuple(word.casefold() for locale in Locale for word in texts.get(key, locale).split())

    async def _say(self, user: str, spot: Spot, key: str, locale: Locale, **params: object) -> None:
        await self._chat.show(user, spot, self._presenter.said(key, locale, params))
