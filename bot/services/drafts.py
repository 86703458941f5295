"""Drafts: two replies for the agent alone, said again differently, shorter or in the other script, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases import Speaker
from bot.domain.desk import Dossier, DraftRecord, MessageRecord, Role
from bot.domain.drafting.model import Draft, DraftSet, Stage
from bot.domain.errors import NotAllowed
from bot.domain.lint.context import LintContext
from bot.domain.reading.model import Variant
from bot.domain.requests import DraftRequest
from bot.ports import Chat, Clock, Ids, Presenter, Spot, Store
from bot.services.cases import CaseService
from bot.services.knowledge import AS_USUAL, LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

PATIENCE = 1.5
"""Seconds a person waits for the CRM before drafts are shown that claim nothing about the contract."""

WRITERS = (Role.AGENT, Role.SUPERVISOR)

OTHER = {Variant.HANT: Variant.HANS, Variant.HANS: Variant.HANT}


class DraftService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._cases = cases
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._ids = ids

    async def show(self, user: str, spot: Spot, *, ts: str | None = None, words: str = "") -> None:
        """Shows ``user`` alone two drafts for the case of a message, or for the newest case of the channel.

        ``words`` are a customer's words that did not come through the channel (a phone call, say): they are
        answered within the case.
        """
        await self._people.require(user, *WRITERS)
        case_id = await self._cases.case_of(spot.channel, ts)
        if case_id is None and spot.thread_ts is not None:  # of a message that is not ours to keep, the thread counts
            case_id = await self._cases.case_of(spot.channel, spot.thread_ts)
        if case_id is None:
            locale = await self._preferences.locale(user)
            await self._chat.show(user, spot, self._presenter.notice("draft.no_case", locale))
            return
        await self.show_case(user, spot, case_id, words=words)

    async def show_case(self, user: str, spot: Spot, case_id: str, *, words: str = "") -> None:
        await self._people.require(user, *WRITERS)
        request = DraftRequest(words)
        dossier = await self._dossier(case_id, request)
        found, records = await self.make(dossier, user, request)
        await self._present(user, spot, dossier, found, records)

    async def follow(self, user: str, spot: Spot, case_id: str) -> None:
        """Drafts as the case stands now, of the words and in the script that ``user`` was last shown for it."""
        await self._people.require(user, *WRITERS)
        async with self._store.read() as unit:
            shown = [draft for draft in await unit.drafts.of_case(case_id) if draft.shown_to == user]
        request = replace(shown[-1].request, short=False) if shown else AS_USUAL
        dossier = await self._dossier(case_id, request)
        found, records = await self.make(dossier, user, request)
        await self._present(user, spot, dossier, found, records)

    async def say_differently(self, user: str, spot: Spot, sheet: str) -> None:
        """Two more drafts at the usual length, in words that the case has not seen."""
        shown = await self._shown_to(user, sheet)
        request = replace(shown[0].request, short=False)
        dossier = await self._dossier(shown[0].case_id, request)
        found, records = await self.make(dossier, user, request)
        await self._present(user, spot, dossier, found, records)

    async def shorten(self, user: str, spot: Spot, sheet: str) -> None:
        """The same reply in fewer words; where there are none to spare, it says so."""
        shown = await self._shown_to(user, sheet)
        await self._write_again(user, spot, shown, replace(shown[0].request, short=True))

    async def change_script(self, user: str, spot: Spot, sheet: str) -> None:
        """The same reply, written by the other side's habits; the case keeps its own."""
        shown = await self._shown_to(user, sheet)
        request = shown[0].request
        current = request.variant or (await self._dossier(shown[0].case_id, request)).record.variant
        await self._write_again(user, spot, shown, replace(request, variant=OTHER[current]))

    async def unfold(self, user: str, spot: Spot, sheet: str, *, unfolded: bool) -> None:
        """Shows where each figure comes from, or hides it again."""
        await self._show_again(user, spot, await self._shown_to(user, sheet), unfolded=unfolded)

    async def keep(self, user: str, spot: Spot, sheet: str) -> None:
        """It then waits in the home of ``user`` until it is sent or thrown away."""
        shown = await self._shown_to(user, sheet)
        now = self._clock.now()
        async with self._store.begin() as unit:
            await unit.drafts.keep(sheet, now)
        await self._show_again(user, spot, [replace(record, kept_at=now) for record in shown])

    async def throw(self, user: str, sheet: str) -> None:
        await self._shown_to(user, sheet)
        async with self._store.begin() as unit:
            await unit.drafts.throw(sheet, self._clock.now())

    async def make(
        self, dossier: Dossier, user: str, request: DraftRequest = AS_USUAL
    ) -> tuple[DraftSet, tuple[DraftRecord, ...]]:
        """Drafts for the newest customer message of the case, kept so that they can be found again."""
        found = self._write(dossier, request)
        sheet, now = self._ids.new("sheet"), self._clock.now()
        records = tuple(
            DraftRecord(
                id=self._ids.new("draft"),
                case_id=dossier.record.id,
                stage=found.stage,
                tone=draft.tone,
                text=draft.text,
                facts=draft.facts,
                wordings=draft.wordings,
                shown_to=user,
                shown_at=now,
                sheet=sheet,
                request=request,
            )
            for draft in found.drafts
        )
        async with self._store.begin() as unit:
            for record in records:
                await unit.drafts.add(record)
        return found, records

    def _write(self, dossier: Dossier, request: DraftRequest) -> DraftSet:
        known = self._knowledge.current
        found = known.drafts_for(dossier, request)
        if found is None:  # the customer has deleted what they said: nothing calls for a reply
            nothing = known.reader.read("", now=dossier.now, fallback=dossier.record.variant)
            found = DraftSet(nothing, contract=None, stage=Stage.NONE)
        return found

    async def _write_again(self, user: str, spot: Spot, shown: Sequence[DraftRecord], request: DraftRequest) -> None:
        """The reply of ``shown`` in another form, so its wordings do not count as spent."""
        whole = await self._dossier(shown[0].case_id, request)
        before = tuple(draft for draft in whole.drafts if draft.sheet != shown[0].sheet)
        dossier = replace(whole, drafts=before)
        if [draft.text for draft in self._write(dossier, request).drafts] == [record.text for record in shown]:
            await self._show_again(user, spot, shown, shortest=True)
            return
        found, records = await self.make(dossier, user, request)
        await self._present(user, spot, dossier, found, records)

    async def _show_again(
        self,
        user: str,
        spot: Spot,
        shown: Sequence[DraftRecord],
        *,
        unfolded: bool = False,
        shortest: bool = False,
    ) -> None:
        """The same drafts, with what the lint says of them now and what the case calls for now."""
        dossier = await self._dossier(shown[0].case_id, shown[0].request)
        known = self._knowledge.current
        context = LintContext.of(dossier.as_case(), known.policy)
        drafts = tuple(
            Draft(record.tone, record.text, record.facts, known.linter.check(record.text, context), record.wordings)
            for record in shown
        )
        found = replace(self._write(dossier, shown[0].request), drafts=drafts, stage=shown[0].stage)
        await self._present(user, spot, dossier, found, shown, unfolded=unfolded, shortest=shortest)

    async def _present(
        self,
        user: str,
        spot: Spot,
        dossier: Dossier,
        found: DraftSet,
        records: Sequence[DraftRecord],
        *,
        unfolded: bool = False,
        shortest: bool = False,
    ) -> None:
        locale = await self._preferences.locale(user)
        content = self._presenter.drafts(dossier, found, records, locale, unfolded=unfolded, shortest=shortest)
        await self._chat.show(user, spot, content)

    async def _shown_to(self, user: str, sheet: str) -> Sequence[DraftRecord]:
        """The drafts of a sheet. Raises ``NotAllowed`` for anybody but the writer they were shown to."""
        await self._people.require(user, *WRITERS)
        async with self._store.read() as unit:
            found = await unit.drafts.of_sheet(sheet)
        if not found or found[0].shown_to != user:
            raise NotAllowed(user=user, sheet=sheet)
        return found

    async def _dossier(self, case_id: str, request: DraftRequest) -> Dossier:
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        if not request.words:
            return dossier
        record = dossier.record
        reading = self._knowledge.current.reader.read(request.words, now=dossier.now, fallback=record.variant)
        said = MessageRecord(record.id, record.channel, "", "", Speaker.CUSTOMER, request.words, dossier.now, reading)
        return replace(dossier, messages=(*dossier.messages, said))
