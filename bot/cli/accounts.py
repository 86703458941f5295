"""The CRM beside a stream of cases that were given on the command line."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace

from bot.adapters.redaction import redact
from bot.cli.jsonl import Item, stream
from bot.domain.cases import Case
from bot.domain.errors import CrmError, CrmNotFound, CrmRetryable
from bot.domain.text import one_line
from bot.services.crm import CrmService

REST_SECONDS = 30.0
"""For so long a CRM that gave no answer is left alone: each question waits for seconds, and a stream has many."""


class Accounts:
    """Where the CRM cannot be read, cases go without an account, and stderr is told once."""

    def __init__(self, crm: CrmService, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._crm = crm
        self._monotonic = monotonic
        self._again_at = 0.0
        self._told = False

    async def beside(self, case: Case, customer: str) -> Case:
        """The case with its account, or with the number of those it might be."""
        if self._monotonic() < self._again_at:
            return case
        try:
            return await self._with_account(case, customer)
        except CrmNotFound:
            return case
        except CrmError as error:
            self._tell(error)
            if isinstance(error, CrmRetryable):
                self._again_at = self._monotonic() + REST_SECONDS
            return case

    async def _with_account(self, case: Case, customer: str) -> Case:
        found = await self._crm.resolve(customer)
        if len(found) == 1:
            return replace(case, account=await self._crm.account(found[0].id))
        return replace(case, candidates=len(found or await self._crm.find(customer)))

    def _tell(self, error: CrmError) -> None:
        if not self._told:
            print(f"fencun: no contract is stated, {one_line(redact(str(error)))}", file=sys.stderr)
        self._told = True


def stream_beside(crm: CrmService, answer: Callable[[Item], Coroutine[None, None, Item]]) -> int:
    """``stream`` with an answer that may ask the CRM: one loop for all lines, so that its connections live on."""
    with asyncio.Runner() as runner:
        runner.run(crm.__aenter__())
        try:
            return stream(lambda item: runner.run(answer(item)))
        finally:
            runner.run(crm.__aexit__(None, None, None))
