"""The CRM beside a stream of cases that were given on the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace

from bot.cli.jsonl import Item, stream
from bot.domain.cases import Case
from bot.domain.errors import CrmError
from bot.services.crm import CrmService


async def with_account(case: Case, customer: str, crm: CrmService) -> Case:
    """The case with its account, or with the number of those it might be; unchanged where the CRM is down."""
    try:
        found = await crm.resolve(customer)
        if len(found) == 1:
            return replace(case, account=await crm.account(found[0].id))
        return replace(case, candidates=len(found or await crm.find(customer)))
    except CrmError:
        return case


def stream_beside(crm: CrmService, answer: Callable[[Item], Coroutine[None, None, Item]]) -> int:
    """``stream`` with an answer that may ask the CRM: one loop for all lines, so that its connections live on."""
    with asyncio.Runner() as runner:
        runner.run(crm.__aenter__())
        try:
            return stream(lambda item: runner.run(answer(item)))
        finally:
            runner.run(crm.__aexit__(None, None, None))
