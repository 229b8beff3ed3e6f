"""What is sealed about leaving: what weakens the lock takes the passphrase, the rest does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.errors import PassphraseConfirmationNeeded
from facelock.core.levels import Level
from facelock.services.access import Access
from facelock.services.leaving_rules import NEVER


def confirm(access: Access) -> None:
    access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))


def test_the_level_says_when_it_locks_until_something_is_chosen(tmp_path: Path) -> None:
    with Machine(tmp_path).started() as access:
        assert access.leaving.away == 20.0
        access.leaving.set_away(10.0)
        assert (access.leaving.away, access.leaving.chosen_away) == (10.0, 10.0)


@pytest.mark.parametrize("later", [30.0, NEVER])
def test_later_or_never_takes_the_passphrase(tmp_path: Path, later: float) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        machine.clock.advance(1000.0)
        with pytest.raises(PassphraseConfirmationNeeded):
            access.leaving.set_away(later)
        assert access.leaving.away == 20.0


def test_where_it_never_locks_any_time_is_sooner(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        confirm(access)
        access.set_level(Level.CONVENIENT)
        machine.clock.advance(1000.0)
        assert access.leaving.away is None
        access.leaving.set_away(60.0)
        assert access.leaving.away == 60.0
        with pytest.raises(PassphraseConfirmationNeeded):
            access.leaving.set_away(None)


def test_the_shield_is_on_at_strict_and_off_only_with_the_passphrase(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        assert not access.leaving.shield
        access.leaving.set_shield(True)
        machine.clock.advance(1000.0)
        assert access.leaving.shield
        with pytest.raises(PassphraseConfirmationNeeded):
            access.leaving.set_shield(None)
        confirm(access)
        access.leaving.set_shield(False)
        access.set_level(Level.STRICT)
        assert access.leaving.shield
        assert access.leaving.chosen_shield is None


def test_asking_first_is_given_up_only_with_the_passphrase(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        access.leaving.set_asks_first(True)
        machine.clock.advance(1000.0)
        with pytest.raises(PassphraseConfirmationNeeded):
            access.leaving.set_asks_first(False)
        assert access.leaving.asks_first


def test_a_stricter_level_gives_up_what_is_laxer(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        confirm(access)
        access.leaving.set_away(NEVER)
        access.set_level(Level.STRICT)
        assert access.leaving.away == 5.0
        access.leaving.set_away(3.0)
        access.set_level(Level.BALANCED)
        assert access.leaving.away == 3.0


def test_what_was_chosen_outlives_the_program(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.started() as access:
        access.leaving.set_away(7.0)
        access.leaving.set_asks_first(True)
    with machine.started() as again:
        assert again.leaving.away == 7.0
        assert again.leaving.asks_first
