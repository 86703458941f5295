"""What sales people do with an opportunity, and the word of a supervisor that lets them."""

from __future__ import annotations

from bot.domain.desk import Role
from bot.domain.errors import OnHold, TakenBefore
from bot.domain.opportunities import OpportunityRecord, clear, lose, put_off, rule_out, take, win
from bot.domain.renewals import Later, reminder_at
from bot.ports import Clock, Presenter, Spot
from bot.services.asides import Asides
from bot.services.knowledge import LiveKnowledge
from bot.services.opportunities import Move, OpportunityService
from bot.services.opportunity_posts import OpportunityPosts
from bot.services.people import People

SELLERS = (Role.SALES, Role.SUPERVISOR)


class SalesService:
    """Every step checks anew who acts and where. Refusals are told in private and show why."""

    def __init__(
        self,
        opportunities: OpportunityService,
        posts: OpportunityPosts,
        people: People,
        asides: Asides,
        knowledge: LiveKnowledge,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._opportunities = opportunities
        self._posts = posts
        self._people = people
        self._asides = asides
        self._knowledge = knowledge
        self._presenter = presenter
        self._clock = clock

    async def take(self, user: str, spot: Spot, case_id: str) -> None:
        await self._move(user, spot, case_id, lambda record: take(record, user, self._clock.now()))

    async def win(self, user: str, spot: Spot, case_id: str) -> None:
        await self._move(user, spot, case_id, lambda record: win(record, user, self._clock.now()))

    async def lose(self, user: str, spot: Spot, case_id: str, why: str) -> None:
        await self._move(user, spot, case_id, lambda record: lose(record, user, self._clock.now(), why))

    async def rule_out(self, user: str, spot: Spot, case_id: str, why: str) -> None:
        await self._move(user, spot, case_id, lambda record: rule_out(record, user, self._clock.now(), why))

    async def put_off(self, user: str, spot: Spot, case_id: str, later: Later) -> None:
        """They are reminded in private when it is time."""
        now = self._clock.now()
        at = reminder_at(later, now, self._knowledge.current.policy)
        await self._move(user, spot, case_id, lambda record: put_off(record, user, now, at))

    async def movable(self, user: str, spot: Spot, case_id: str, *, contact: bool) -> OpportunityRecord | None:
        """The opportunity, for a form. None where ``user`` cannot go on with it: then they are shown why.

        ``contact``: the step leads to the customer. Raises ``NotAllowed``.
        """
        await self._people.require(user, *SELLERS)
        record = await self._posts.require_here(spot, case_id)
        if record.closed or record.taken_by not in (None, user):
            await self._refuse(user, spot, record, TakenBefore())
        elif contact and record.hold:
            await self._refuse(user, spot, record, OnHold())
        else:
            return record
        return None

    async def clear(self, user: str, spot: Spot, case_id: str) -> None:
        """A supervisor finds the customer calm: sales is told that they may call. Raises ``NotAllowed``."""
        await self._people.require(user, Role.SUPERVISOR)
        record = await self._posts.require_here(spot, case_id)
        if record.hold is None:
            await self._asides.say(user, spot, "sales.cleared_before")
            return
        await self._opportunities.move(case_id, lambda current: clear(current, user, self._clock.now()))

    async def _move(self, user: str, spot: Spot, case_id: str, move: Move) -> None:
        """Where it cannot be done they are shown why. Raises ``NotAllowed``."""
        await self._people.require(user, *SELLERS)
        await self._posts.require_here(spot, case_id)
        try:
            await self._opportunities.move(case_id, move)
        except (TakenBefore, OnHold) as refusal:
            await self._refuse(user, spot, await self._posts.require_here(spot, case_id), refusal)

    async def _refuse(self, user: str, spot: Spot, record: OpportunityRecord, why: TakenBefore | OnHold) -> None:
        content = self._presenter.sales_refused(record, why.key, await self._asides.locale(user))
        await self._asides.show(user, spot, content)
