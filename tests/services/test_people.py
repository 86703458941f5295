"""Who may do what: asked anew every time, and nobody from outside."""

from __future__ import annotations

import pytest

from bot.domain.desk import Role
from bot.domain.errors import NotAllowed
from bot.services.people import People, Roster
from tests.services.fakes import FakeChat

ROSTER = Roster({Role.AGENT: ("S1AGENTS",), Role.SUPERVISOR: ("S1SUP", "U1AGENT"), Role.SALES: ("S1SALES",)})


@pytest.fixture
def people() -> People:
    return People(FakeChat(), ROSTER)


async def test_roles_come_from_groups_and_from_single_names(people: People) -> None:
    assert await people.roles("U1AGENT") == {Role.AGENT, Role.SUPERVISOR}
    assert await people.roles("U1SALES") == {Role.SALES}


async def test_an_outsider_has_no_role_even_if_the_roster_names_them() -> None:
    people = People(FakeChat(), Roster({Role.SUPERVISOR: ("U9OUTSIDE",)}))
    assert await people.roles("U9OUTSIDE") == frozenset()


async def test_the_wrong_role_is_refused(people: People) -> None:
    with pytest.raises(NotAllowed):
        await people.require("U1SALES", Role.AGENT, Role.SUPERVISOR)
    assert (await people.require("U1AGENT", Role.AGENT)).id == "U1AGENT"
