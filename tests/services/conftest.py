"""The service for the CRM over a fake one."""

from __future__ import annotations

import pytest

from bot.services.crm import CrmService
from tests.services.crm_fakes import PATIENT, QUICK, FakeCrm, Time, customer


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def crm() -> FakeCrm:
    return FakeCrm(customer("A-1"))


@pytest.fixture
async def service(crm: FakeCrm, time: Time):
    async with CrmService(crm, time, monotonic=time.monotonic, limits=PATIENT) as service:
        yield service


@pytest.fixture
async def hurried(crm: FakeCrm, time: Time):
    async with CrmService(crm, time, monotonic=time.monotonic, limits=QUICK) as service:
        yield service
