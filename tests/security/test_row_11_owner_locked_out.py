"""Threat-model row 11: nobody can lock the owner out. Only the face path locks out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock, FakeSecrets
from lock_machine import ADA, Machine
from sealed_people import FAST, PASSPHRASE, open_store

from facelock.core.errors import WrongPassphrase
from facelock.core.observation import NonMatch, Observation, PresentationAttack
from facelock.core.policy import PassphraseOnly, Unlocked
from facelock.services.access import Access
from facelock.vault.key_files import prepare_keys

pytestmark = pytest.mark.security

FIVE_MINUTES = 300.0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


@pytest.fixture
def access(machine: Machine) -> Iterator[Access]:
    with machine.started() as started:
        yield started


def test_after_any_number_of_strangers_and_photographs_the_passphrase_opens_at_once(
    access: Access, machine: Machine
) -> None:
    shown: list[Observation] = [NonMatch(5, 1.3, 0.6), PresentationAttack("layer")]
    for seen in shown * 40:
        machine.clock.advance(61.0)
        access.start_scan()
        access.observe(seen)
    assert isinstance(access.state, PassphraseOnly)
    assert access.accept(access.slow_open(ADA.profile_id, PASSPHRASE)) == Unlocked(ADA.profile_id)


def test_after_any_number_of_wrong_passphrases_the_right_one_waits_five_minutes_at_most(
    access: Access, machine: Machine
) -> None:
    for _ in range(60):
        machine.clock.advance(access.seconds_to_wait(ADA.profile_id))
        with pytest.raises(WrongPassphrase):
            access.slow_open(ADA.profile_id, "somebody's guess")
        access.refused(ADA.profile_id)
        assert access.seconds_to_wait(ADA.profile_id) <= FIVE_MINUTES
    machine.clock.advance(FIVE_MINUTES)
    assert access.accept(access.slow_open(ADA.profile_id, PASSPHRASE)) == Unlocked(ADA.profile_id)
    assert access.seconds_to_wait(ADA.profile_id) == 0.0


def test_the_recovery_key_opens_at_once_however_many_passphrases_were_wrong(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path / "recovered", FakeSecrets())
    access = Access(store, FakeClock())
    keys = prepare_keys(ADA.profile_id, PASSPHRASE, kdf=FAST)
    access.enrol(ADA, keys)
    for _ in range(20):
        access.refused(ADA.profile_id)
    opened = store.try_recovery_key(ADA.profile_id, keys.recovery_key.text)
    assert access.accept(opened) == Unlocked(ADA.profile_id)
    assert access.opened_by == "recovery"
    access.close()


def test_wrong_passphrases_cost_the_face_nothing_and_other_people_nothing(
    access: Access, machine: Machine
) -> None:
    for _ in range(20):
        access.refused(ADA.profile_id)
    assert machine.store.open_key_by_face(ADA.profile_id) is not None
    assert access.seconds_to_wait("f" * 32) == 0.0
