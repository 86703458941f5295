"""What our own people write to customers: what it promises is noted, and what breaks a rule is pointed out to them."""

from __future__ import annotations

from bot.domain.cases import Speaker
from bot.domain.desk import Heard, HeardKind
from bot.ports import Store
from bot.services.commitments import CommitmentService
from bot.services.hints import HintService


class OurWords:
    def __init__(self, store: Store, commitments: CommitmentService, hints: HintService) -> None:
        self._store = store
        self._commitments = commitments
        self._hints = hints

    async def heard(self, heard: Heard) -> None:
        """To be called once a message has been kept. Repeatable; customers' messages are passed over."""
        if heard.kind is HeardKind.DELETED:
            await self._commitments.forget(heard.channel, heard.ts)
            return
        async with self._store.read() as unit:
            said = await unit.cases.message(heard.channel, heard.ts)
        if said is None or said.speaker is not Speaker.AGENT or not said.user:
            return
        await self._commitments.note(said)
        await self._hints.consider(said, heard.thread_ts)
