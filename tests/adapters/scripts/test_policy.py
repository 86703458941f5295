from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.scripts.policy import load_policy
from bot.domain.errors import ScriptsError
from bot.domain.money import Currency
from bot.domain.policy import Policy
from config.settings import PACKAGED_POLICY


def test_packaged_policy_says_what_the_code_falls_back_to():
    assert load_policy(PACKAGED_POLICY) == Policy()


def test_packaged_policy_shows_every_field():
    text = PACKAGED_POLICY.read_text("utf-8")

    assert [field.name for field in fields(Policy) if f"\n{field.name}:" not in text] == []


def test_what_a_copy_leaves_out_keeps_its_default(tmp_path: Path):
    path = tmp_path / "policy.yaml"
    path.write_text("timezone: Asia/Shanghai\ncountry: CN\nlow_cost_limit: {CNY: 800}\n", "utf-8")

    policy = load_policy(path)

    assert (policy.timezone, policy.country, policy.low_cost_limit) == (
        "Asia/Shanghai",
        "CN",
        {Currency.CNY: Decimal(800)},
    )
    assert policy.workday_start_hour == Policy().workday_start_hour


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("timezone: Taipei", "timezone"),
        ("country: JP", "country"),
        ("low_cost_limit: {TWD: -1}", "low_cost_limit"),
        ("low_cost_limit: {NTD: 1}", "low_cost_limit"),
        ("compensation_caps: {boss: {TWD: 1}}", "compensation_caps"),
        ("progress_every_hour: 2", "progress_every_hour"),
        ("workday_start_hour: 18\nworkday_end_hour: 9", "workday_start_hour"),
        ("expiring_within_days: soon", "expiring_within_days"),
    ],
)
def test_a_faulty_policy_names_file_and_field(tmp_path: Path, content: str, fault: str):
    path = tmp_path / "policy.yaml"
    path.write_text(content, "utf-8")

    with pytest.raises(ScriptsError) as caught:
        load_policy(path)

    assert len(caught.value.faults) == 1
    assert str(path) in caught.value.faults[0]
    assert fault in caught.value.faults[0]
