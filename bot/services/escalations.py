"""Asking the supervisors: what is asked for, the thread in which they decide, and taking the question back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.cases import Done
from bot.domain.desk import ActionRecord, Dossier, Places, Role
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import NotAllowed
from bot.domain.escalations import (
    EscalationRecord,
    EscalationStatus,
    OfferFault,
    Request,
    offer_fault,
    withdraw,
)
from bot.domain.money import Money
from bot.domain.reading.model import Intent
from bot.ports import Clock, Ids, Presenter, Spot, Store
from bot.services.asides import Asides
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE
from bot.services.errands import Errands
from bot.services.escalation_thread import EscalationThread
from bot.services.knowledge import LiveKnowledge
from bot.services.opportunities import OpportunityService
from bot.services.people import People

ASKERS = (Role.AGENT, Role.SUPERVISOR)

FAVOURS = frozenset({Intent.FREE_SERVICE, Intent.COMPENSATION_REQUEST})
"""What a supervisor is asked to grant: asking logs a waiver request (rule 6)."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an offer cannot be put forward by a person of ``role``."""

    fault: OfferFault
    role: Role


class EscalationService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        thread: EscalationThread,
        opportunities: OpportunityService,
        people: People,
        asides: Asides,
        knowledge: LiveKnowledge,
        presenter: Presenter,
        places: Places,
        clock: Clock,
        ids: Ids,
        errands: Errands,
    ) -> None:
        self._store = store
        self._cases = cases
        self._thread = thread
        self._opportunities = opportunities
        self._people = people
        self._asides = asides
        self._knowledge = knowledge
        self._presenter = presenter
        self._places = places
        self._clock = clock
        self._ids = ids
        self._errands = errands

    async def prepare_here(self, user: str, spot: Spot) -> Dossier | None:
        """As ``prepare``, for the newest case of the channel."""
        await self._people.require(user, *ASKERS)
        case_id = await self._cases.case_of(spot.channel)
        if case_id is None:
            await self._asides.say(user, spot, "escalation.no_case")
            return None
        return await self.prepare(user, spot, case_id)

    async def prepare(self, user: str, spot: Spot, case_id: str) -> Dossier | None:
        """The case to be escalated, for the form. None where that is under way: then they are shown where.

        It waits for no CRM: the form has to open while the click counts.
        """
        await self._people.require(user, *ASKERS)
        pending = await self._pending(case_id)
        if pending is not None:
            if pending.ts is None:  # its thread could not be begun then
                pending = await self._thread.begin(pending)
            await self._show_where(user, spot, pending, again=True)
            return None
        return await self._cases.dossier(case_id, patience=0)

    async def objection(self, user: str, case_id: str, request: Request) -> Objection | None:
        """What speaks against the offer of a request, by the limits of who makes it."""
        await self._people.require(user, *ASKERS)
        if not request.offers:
            return None
        role = Role.SUPERVISOR if Role.SUPERVISOR in await self._people.roles(user) else Role.AGENT
        usual = self._usual_price(await self._cases.dossier(case_id, patience=PATIENCE))
        fault = offer_fault(request, role.value, self._knowledge.current.policy, usual)
        return Objection(fault, role) if fault else None

    async def open(self, user: str, spot: Spot, case_id: str, reason: str, request: Request) -> None:
        """Opens the thread that tags the supervisors, and shows the agent in private where it is.

        An escalation of this case that is still open is shown instead.
        """
        await self._people.require(user, *ASKERS)
        errand, new = await self._record(user, case_id, reason, request)
        await self._errands.run(errand)
        async with self._store.read() as unit:
            begun = await unit.escalations.get(errand.subject)
        assert begun is not None, "it was stored just now"
        await self._show_where(user, spot, begun, again=not new)
        await self._opportunities.consider(case_id)

    async def withdraw(self, user: str, spot: Spot, escalation_id: str) -> None:
        """The agent needs no decision any more. Raises ``NotAllowed``, ``DecidedBefore`` or ``NotPending``."""
        await self._people.require(user, *ASKERS)
        async with self._store.begin() as unit:
            escalation = await unit.escalations.get(escalation_id)
            case = await unit.cases.get(escalation.case_id) if escalation else None
            if escalation is None or case is None or user not in (escalation.opened_by, case.agent):
                raise NotAllowed(user=user, escalation=escalation_id)
            await unit.escalations.save(withdraw(escalation))
            errand = self._errands.new(ErrandKind.ESCALATION, escalation_id, by=user)
            await unit.errands.leave(errand)
        await self._errands.run(errand)
        await self._asides.say(user, spot, "escalation.withdrawn")

    async def _pending(self, case_id: str) -> EscalationRecord | None:
        async with self._store.read() as unit:
            found = await unit.escalations.of_case(case_id)
        return next((e for e in found if e.status is EscalationStatus.OPEN), None)

    async def _show_where(self, user: str, spot: Spot, escalation: EscalationRecord, *, again: bool) -> None:
        link = await self._thread.link(escalation)
        locale = await self._asides.locale(user)
        mine = user == escalation.opened_by
        content = self._presenter.escalated(escalation, link, locale, again=again, mine=mine)
        await self._asides.show(user, spot, content)

    async def _record(self, user: str, case_id: str, reason: str, request: Request) -> tuple[Errand, bool]:
        """The errand of showing the escalation of the case that waits for its decision, and whether it is new."""
        async with self._store.begin() as unit:
            case_id = (await self._cases.current(unit, case_id)).id
            for earlier in await unit.escalations.of_case(case_id):
                if earlier.status is EscalationStatus.OPEN:
                    return self._errands.new(ErrandKind.ESCALATION, earlier.id), False
            escalation = EscalationRecord(
                id=self._ids.new("esc"),
                case_id=case_id,
                reason=reason,
                opened_by=user,
                opened_at=self._clock.now(),
                channel=self._places.escalation,
                request=request,
            )
            errand = self._errands.new(ErrandKind.ESCALATION, escalation.id)
            await unit.escalations.add(escalation)
            await unit.errands.leave(errand)
            await unit.cases.log(ActionRecord(case_id, Done.ESCALATED, errand.since, user))
            said = await unit.cases.messages(case_id)
            if any(message.reading and FAVOURS & set(message.reading.intents) for message in said):
                await unit.cases.log(ActionRecord(case_id, Done.WAIVER_REQUESTED, errand.since, user))
        return errand, True

    def _usual_price(self, dossier: Dossier) -> Money | None:
        """What the customer pays for this once without any favour, where the CRM says so."""
        found = self._knowledge.current.assess(dossier)
        account = dossier.answer.account
        if found is None or found.contract is None or account is None:
            return None
        contracts = (c for c in account.contracts.items if c.number == found.contract.number)
        return next((c.one_off_price for c in contracts), None)
