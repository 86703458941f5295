"""Puts what the CRM knows of a customer into a case that was given on the command line."""

from __future__ import annotations

from dataclasses import replace

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
