"""The CRM beside a stream: one that gives no answer is asked once, not once a line."""

from dataclasses import replace

import pytest

from bot.cli.accounts import REST_SECONDS, Accounts
from bot.domain.errors import CrmAuthFailed, CrmUnavailable
from tests.casebook import HIGH, case


class Crm:
    """As much of ``CrmService`` as is asked; ``failing`` is raised while it is set."""

    def __init__(self, failing: Exception | None) -> None:
        self.failing = failing
        self.asked = 0

    async def resolve(self, customer: str) -> tuple[()]:
        self.asked += 1
        if self.failing:
            raise self.failing
        return ()

    async def find(self, customer: str) -> tuple[()]:
        return ()


CASE = replace(case("打不開", triage=HIGH), account=None, candidates=7)


async def test_a_crm_that_gives_no_answer_is_left_alone_for_a_while(capsys: pytest.CaptureFixture[str]):
    crm, now = Crm(CrmUnavailable("CRM database: no answer")), [0.0]
    accounts = Accounts(crm, monotonic=lambda: now[0])

    assert [await accounts.beside(CASE, "A") for _ in range(5)] == [CASE] * 5
    assert crm.asked == 1

    now[0], crm.failing = REST_SECONDS, None
    assert (await accounts.beside(CASE, "A")).candidates == 0
    assert capsys.readouterr().err == "fencun: no contract is stated, CRM database: no answer\n"


async def test_a_crm_that_answers_with_a_refusal_costs_no_time_and_is_asked_again(capsys: pytest.CaptureFixture[str]):
    crm = Crm(CrmAuthFailed("check user and password"))
    accounts = Accounts(crm)

    assert [await accounts.beside(CASE, "A") for _ in range(3)] == [CASE] * 3
    assert (crm.asked, capsys.readouterr().err.count("\n")) == (3, 1)
