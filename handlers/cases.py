"""The case on its card: whose account it is, closing and reopening, merging and splitting."""

from __future__ import annotations

from collections.abc import Awaitable

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.errors import CaseMoved
from bot.ports import Chat
from bot.ports.case_presenter import CasePresenter
from bot.services.desk import DeskService
from bot.services.lifecycle import CaseLifecycle
from bot.services.preferences import Preferences
from handlers import names
from handlers.blocks.case_forms import CaseForms
from handlers.blocks.memo import Memo
from handlers.payloads import Actor
from handlers.router import Router


class CaseSurface:
    def __init__(
        self,
        desk: DeskService,
        lifecycle: CaseLifecycle,
        preferences: Preferences,
        chat: Chat,
        presenter: CasePresenter,
        forms: CaseForms,
    ) -> None:
        self._desk = desk
        self._lifecycle = lifecycle
        self._preferences = preferences
        self._chat = chat
        self._presenter = presenter
        self._forms = forms
        self._deeds = {"merge": self._merge, "split": self._split, "close": self._close}

    def route(self, router: Router) -> None:
        router.action(names.CASE_CUSTOMER, self._choose_customer)
        router.action(names.CASE_MORE, self._more)
        router.action(names.CASE_REOPEN, self._reopen)
        router.form(names.MERGE_FORM, self._merged)
        router.form(names.SPLIT_FORM, self._was_split)

    async def _choose_customer(self, actor: Actor, value: str) -> None:
        case_id, _, customer_id = value.partition("|")
        await self._desk.choose_customer(actor.user, case_id, customer_id)

    async def _more(self, actor: Actor, value: str) -> None:
        """A choice from the menu of a card."""
        deed, _, case_id = value.partition("|")
        if deed in self._deeds:
            await self._first_come(actor, case_id, self._deeds[deed](actor, case_id))

    async def _reopen(self, actor: Actor, case_id: str) -> None:
        await self._first_come(actor, case_id, self._lifecycle.reopen(actor.user, case_id))

    async def _close(self, actor: Actor, case_id: str) -> None:
        await self._lifecycle.close(actor.user, case_id)

    async def _merge(self, actor: Actor, case_id: str) -> None:
        companions = await self._lifecycle.companions(actor.user, case_id)
        locale = await self._preferences.locale(actor.user)
        if not companions:
            await self._chat.show(actor.user, actor.spot, self._presenter.said("case.merge_none", locale, {}))
            return
        view = self._forms.merge(companions, Memo.about(case_id, actor.spot), locale)
        await self._chat.open_form(actor.trigger_id, view)

    async def _split(self, actor: Actor, case_id: str) -> None:
        points = await self._lifecycle.split_points(actor.user, case_id)
        locale = await self._preferences.locale(actor.user)
        if not points:
            await self._chat.show(actor.user, actor.spot, self._presenter.said("case.split_none", locale, {}))
            return
        view = self._forms.split(points, Memo.about(case_id, actor.spot), locale)
        await self._chat.open_form(actor.trigger_id, view)

    async def _merged(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        await ack()
        merge = self._lifecycle.merge(actor.user, memo.subject, inputs.get("target", ""))
        await self._first_come(actor, memo.subject, merge)

    async def _was_split(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        await ack()
        split = self._lifecycle.split(actor.user, memo.subject, inputs.get("from", ""))
        await self._first_come(actor, memo.subject, split)

    async def _first_come(self, actor: Actor, case_id: str, deed: Awaitable[None]) -> None:
        """Whoever comes second is told what the first did."""
        try:
            await deed
        except CaseMoved:
            change = await self._lifecycle.last_change(case_id)
            notice = self._presenter.moved(change, await self._preferences.locale(actor.user))
            await self._chat.show(actor.user, actor.spot, notice)
