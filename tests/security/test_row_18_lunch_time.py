"""Threat-model row 18: whoever finds the app open cannot enrol, remove or lower the level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lock_machine import ADA, BOB, Machine
from sealed_people import PASSPHRASE, keys_for

from facelock.core.activity import Happening
from facelock.core.errors import PassphraseConfirmationNeeded, WrongPassphrase
from facelock.core.levels import Level
from facelock.core.observation import Match
from facelock.services.access import Access
from facelock.services.held_key import CONFIRMED_SECONDS

pytestmark = pytest.mark.security

ACTIONS: dict[Happening, Callable[[Access], object]] = {
    Happening.PERSON_ENROLLED: lambda access: access.enrol(BOB, keys_for(BOB)),
    Happening.PERSON_REMOVED: lambda access: access.remove(ADA.profile_id),
    Happening.LEVEL_CHANGED: lambda access: access.set_level(Level.CONVENIENT),
}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


@pytest.fixture
def access(machine: Machine) -> Iterator[Access]:
    """Facelock, left open by Ada, who used her face."""
    with machine.started() as started:
        started.start_scan()
        started.observe(Match(ADA.profile_id, 5, 0.2, 0.6))
        assert started.opened_by == "face"
        yield started


def confirm(access: Access) -> None:
    access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))


@pytest.mark.parametrize("what", ACTIONS, ids=lambda what: what.value)
def test_a_sensitive_action_asks_for_the_passphrase_and_is_logged(
    access: Access, machine: Machine, what: Happening
) -> None:
    before = machine.journal.count(what)
    with pytest.raises(PassphraseConfirmationNeeded):
        ACTIONS[what](access)
    assert machine.journal.count(what) == before
    confirm(access)
    ACTIONS[what](access)
    assert machine.journal.count(what) == before + 1


@pytest.mark.parametrize("what", ACTIONS, ids=lambda what: what.value)
def test_a_passphrase_serves_for_two_minutes_and_not_a_moment_longer(
    access: Access, machine: Machine, what: Happening
) -> None:
    confirm(access)
    machine.clock.advance(CONFIRMED_SECONDS)
    machine.clock.set_wall(machine.clock.wall() - CONFIRMED_SECONDS)  # turning it back buys nothing
    with pytest.raises(PassphraseConfirmationNeeded):
        ACTIONS[what](access)


def test_locking_ends_what_a_passphrase_serves(access: Access) -> None:
    confirm(access)
    access.lock()
    access.start_scan()
    access.observe(Match(ADA.profile_id, 5, 0.2, 0.6))
    assert not access.is_confirmed


def test_somebody_elses_passphrase_does_not_serve(access: Access) -> None:
    confirm(access)
    access.enrol(BOB, keys_for(BOB, "another long passphrase"))
    access.lock()
    access.start_scan()
    access.observe(Match(ADA.profile_id, 5, 0.2, 0.6))
    opened = access.slow_open(BOB.profile_id, "another long passphrase")
    with pytest.raises(WrongPassphrase):
        access.confirm(opened)
    assert not access.is_confirmed
    assert not any(opened.vault_key), "and it is wiped"


def test_a_refused_passphrase_is_logged(access: Access, machine: Machine) -> None:
    access.refused(ADA.profile_id)
    assert machine.journal.noted[-1] == (Happening.PASSPHRASE_REFUSED, ADA.profile_id)
