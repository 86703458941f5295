"""Collecting garbage is put off for a start, and never for longer."""

import gc

import pytest

from bot.garbage import collect_from_now, collected_later


@pytest.fixture(autouse=True)
def as_before():
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_within():
    with collected_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_built_by_then_is_not_walked_through_again():
    with collected_later():
        collect_from_now()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0


def test_without_a_start_nothing_changes():
    frozen = gc.get_freeze_count()
    collect_from_now()
    assert gc.get_freeze_count() == frozen


def test_a_start_that_fails_puts_nothing_off():
    with pytest.raises(RuntimeError), collected_later():
        raise RuntimeError
    assert gc.isenabled()
