"""Threat-model row 10: guessing a passphrase is slow, for whoever has the files too."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeSecrets
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE, a_profile

from facelock.core.errors import (
    FacelockError,
    PassphraseTooSoon,
    PassphraseTooWeak,
    StoreDamaged,
    WrongPassphrase,
    WrongRecoveryKey,
)
from facelock.services.access import Access
from facelock.vault.kdf_calibration import calibrated
from facelock.vault.key_files import encode_slots, passphrase_slot, prepare_keys
from facelock.vault.keys import KDF_FLOOR, KdfParameters
from facelock.vault.passphrases import check_new_passphrase
from facelock.vault.recovery import new_recovery_key
from facelock.vault.store import ProfileStore

pytestmark = pytest.mark.security

CHEAP = KdfParameters(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def access(tmp_path: Path) -> Iterator[tuple[Machine, Access]]:
    machine = Machine(tmp_path / "store")
    with machine.started() as started:
        yield machine, started


def test_a_guess_costs_what_the_published_minimum_says_and_more(tmp_path: Path) -> None:
    ada = a_profile("Ada")
    with ProfileStoreOf(tmp_path) as store:
        store.enrol(ada, prepare_keys(ada.profile_id, PASSPHRASE))
        kdf = store.key_slots(ada.profile_id).passphrase.kdf
        began = time.perf_counter()
        with pytest.raises(WrongPassphrase):
            store.try_passphrase(ada.profile_id, "a guess")
        assert time.perf_counter() - began > 0.05
    assert kdf.is_at_least(KDF_FLOOR)
    assert calibrated().is_at_least(KDF_FLOOR)


def test_a_planted_file_that_makes_guessing_cheap_is_refused(tmp_path: Path) -> None:
    """They rewrite the key file, and wait for the owner to type the passphrase into it."""
    ada = a_profile("Ada")
    with ProfileStoreOf(tmp_path) as store:
        keys = prepare_keys(ada.profile_id, PASSPHRASE, kdf=KDF_FLOOR)
        store.enrol(ada, keys)
        file = tmp_path / "store" / "people" / f"{ada.profile_id}.keys"
        slots = store.key_slots(ada.profile_id)
        slot = passphrase_slot(ada.profile_id, b"k" * 32, PASSPHRASE, kdf=CHEAP)
        file.write_bytes(encode_slots(ada.profile_id, replace(slots, passphrase=slot)))
        with pytest.raises(StoreDamaged, match="stretched too little"):
            store.try_passphrase(ada.profile_id, PASSPHRASE)
        content = json.loads(encode_slots(ada.profile_id, slots))
        for memory, iterations in ((KDF_FLOOR.memory_kib - 1, 64), (1_048_576, 1), (8, 1)):
            content["slots"]["passphrase"]["kdf"] |= {
                "memory_kib": memory,
                "iterations": iterations,
                "lanes": 1,
            }
            file.write_text(json.dumps(content))
            with pytest.raises(StoreDamaged):
                store.try_passphrase(ada.profile_id, PASSPHRASE)


def test_nobody_can_be_enrolled_or_changed_to_a_cheap_passphrase(tmp_path: Path) -> None:
    ada = a_profile("Ada")
    with ProfileStoreOf(tmp_path) as store:
        with pytest.raises(StoreDamaged):
            store.enrol(ada, prepare_keys(ada.profile_id, PASSPHRASE, kdf=CHEAP))
        store.enrol(ada, prepare_keys(ada.profile_id, PASSPHRASE, kdf=KDF_FLOOR))
        vault_key = store.open_key(ada.profile_id, PASSPHRASE)
        with pytest.raises(StoreDamaged):
            store.change_passphrase(ada.profile_id, vault_key, PASSPHRASE, CHEAP)


@pytest.mark.parametrize(
    "weak", ["", "password", "Facelock1!", "qwertyuiop", "Ada", "aaaaaaaaaaaa"]
)
def test_a_passphrase_that_is_guessed_first_is_refused(weak: str) -> None:
    with pytest.raises(PassphraseTooWeak):
        check_new_passphrase(weak, ("Ada",))


def test_guesses_at_the_lock_wait_longer_and_longer_and_a_restart_forgives_none(
    access: tuple[Machine, Access],
) -> None:
    machine, lock = access
    guessed, began = 0, machine.clock.monotonic()
    while machine.clock.monotonic() - began < 3600.0:
        try:
            lock.slow_open(ADA.profile_id, f"guess {guessed}")
        except PassphraseTooSoon as error:
            machine.clock.advance(error.seconds)
        except WrongPassphrase:
            guessed += 1
            lock.refused(ADA.profile_id)
    assert guessed < 30
    lock.refused(ADA.profile_id)
    with pytest.raises(PassphraseTooSoon):
        lock.slow_open(ADA.profile_id, PASSPHRASE)
    machine.store.close()
    with machine.started() as again, pytest.raises(PassphraseTooSoon):
        again.may_try(ADA.profile_id)


def test_a_recovery_key_cannot_be_guessed_piece_by_piece(access: tuple[Machine, Access]) -> None:
    """Every wrong one gets the same answer, however near it is."""
    machine, lock = access
    lock.accept(lock.slow_open(ADA.profile_id, PASSPHRASE))
    right = machine.store.renew_recovery(ADA.profile_id, lock.vault_key()).text
    answers = set()
    near = right[:-1] + ("Q" if right[-1] != "Q" else "P")
    for wrong in (near, new_recovery_key().text):
        with pytest.raises(FacelockError) as caught:
            machine.store.try_recovery_key(ADA.profile_id, wrong)
        answers.add(type(caught.value))
    assert answers == {WrongRecoveryKey}


class ProfileStoreOf:
    """A store that refuses what the program's own refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> ProfileStore:
        self._store = ProfileStore.open(self._folder / "store", FakeSecrets(), demo=False)
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()
