"""A word in private to one of ours whose own message to a customer breaks a rule: once, and only if they want it."""

from __future__ import annotations

from bot.domain.commitments import HintRecord
from bot.domain.desk import MessageRecord, Role
from bot.domain.lint.context import LintContext
from bot.domain.lint.model import Finding, Level
from bot.ports import Chat, Clock, Presenter, Spot, Store
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.drafts import PATIENCE
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

ADVISED = frozenset({Role.AGENT, Role.SUPERVISOR})


class HintService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        channels: ChannelService,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._store = store
        self._cases = cases
        self._channels = channels
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def consider(self, message: MessageRecord, thread_ts: str | None) -> None:
        """Tells the writer alone what in ``message`` breaks a blocking rule and what to say instead.

        Nothing is changed or deleted. A message gets one hint at most, however often it is edited; in a channel whose
        mode tells nobody anything, none.
        """
        known = self._knowledge.current
        if not (await self._channels.mode(message.channel)).tells:
            return
        if not ADVISED & await self._people.roles(message.user) or not (await self._preferences.of(message.user)).hints:
            return
        dossier = await self._cases.dossier(message.case_id, patience=PATIENCE)
        findings = _blocking(known.linter.check(message.text, LintContext.of(dossier.as_case(), known.policy)))
        if not findings:
            return
        hint = HintRecord(message.channel, message.ts, message.user, findings[0].rule, self._clock.now())
        async with self._store.begin() as unit:
            if not await unit.hints.add(hint):
                return
        content = self._presenter.hint(findings, await self._preferences.locale(message.user))
        await self._chat.whisper(message.user, message.channel, content, thread_ts=thread_ts)

    async def dismiss(self, spot: Spot) -> None:
        """Takes a hint away that was read."""
        await self._chat.dismiss(spot)

    async def stop(self, user: str, spot: Spot) -> None:
        """No more hints for ``user``, until they ask for them again."""
        await self._people.require(user, *Role)
        await self._preferences.change(user, hints=False)
        content = self._presenter.notice("hint.stopped", await self._preferences.locale(user))
        await self._chat.show(user, spot, content)


def _blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Level.BLOCK)
