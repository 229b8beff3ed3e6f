"""Rows 4, 5 and 8 together: whatever is carried off or put back, it ends at the passphrase.

A second account's keyring, a copied home folder, an old backup of the folder, and a person of
another store in this one. Each time the owner's own face is shown and must open nothing; then the
passphrase, where the store is the owner's, must open it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeClock
from sealed_people import PASSPHRASE, a_profile, keys_for, open_store

from facelock.core.attempt import Accepted
from facelock.core.errors import FacelockError
from facelock.core.levels import Level
from facelock.core.observation import Match
from facelock.core.policy import Unlocked
from facelock.core.template import Profile
from facelock.services.access import Access
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord

pytestmark = [pytest.mark.security, pytest.mark.allow_logs("what is in doubt is logged")]

ADA = a_profile("Ada", crops=False)


@pytest.fixture
def keyring() -> NoKeyring:
    """Stand in for this account's keyring: kept by the test, it outlives the program."""
    return NoKeyring()


@pytest.fixture
def home(tmp_path: Path, keyring: NoKeyring) -> Path:
    """Ada's folder, with her face armed."""
    folder = tmp_path / "home"
    store = open_store(folder / "store", keyring)
    keys = keys_for(ADA)
    store.enrol(ADA, keys)
    store.arm_face(ADA.profile_id, keys.vault_key)
    store.close()
    return folder


@contextmanager
def started(home: Path, keyring: NoKeyring, clock: FakeClock | None = None) -> Iterator[Access]:
    """Start the program on a folder, with somebody's keyring."""
    access = Access(open_store(home / "store", keyring), clock or FakeClock())
    try:
        yield access
    finally:
        access.close()


def face_opens(access: Access, profile_id: str = ADA.profile_id) -> bool:
    """Show the very face; True if that opened anything."""
    try:
        access.start_scan()
        verdict = access.observe(Match(profile_id, 5, 0.1, 0.6))
    except FacelockError:
        return isinstance(access.state, Unlocked)
    return isinstance(verdict, Accepted) or isinstance(access.state, Unlocked)


def passphrase_opens(access: Access) -> bool:
    """Type the passphrase; True if that opened it for Ada."""
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    return access.state == Unlocked(ADA.profile_id)


def test_at_home_the_face_opens(home: Path, keyring: NoKeyring) -> None:
    """Without this, the others would prove nothing."""
    with started(home, keyring) as access:
        assert face_opens(access)


def test_the_keyring_of_a_second_account(home: Path, tmp_path: Path) -> None:
    theirs = NoKeyring()
    with started(tmp_path / "theirs", theirs):
        pass  # the second account has used Facelock, too
    with started(home, theirs) as access:
        assert not face_opens(access)
        assert passphrase_opens(access)


def test_a_home_folder_copied_to_another_machine(home: Path, tmp_path: Path) -> None:
    copied = tmp_path / "elsewhere"
    shutil.copytree(home, copied)
    with started(copied, NoKeyring()) as access:
        assert not face_opens(access)
        assert passphrase_opens(access)


def test_a_home_folder_copied_beside_itself(home: Path, tmp_path: Path, keyring: NoKeyring) -> None:
    """The same account and keyring, another place: its entries are not the copy's."""
    copied = tmp_path / "copy"
    shutil.copytree(home, copied)
    with started(copied, keyring) as access:
        assert not face_opens(access)
        assert passphrase_opens(access)


def test_an_old_backup_of_the_folder_put_back(
    home: Path, tmp_path: Path, keyring: NoKeyring
) -> None:
    shutil.copytree(home, tmp_path / "old")
    with started(home, keyring) as access:
        assert passphrase_opens(access)
        access.set_level(Level.STRICT)
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "old", home)
    with started(home, keyring) as access:
        assert access.level is Level.STRICT, "an older rule must not come back"
        assert not face_opens(access)
        assert passphrase_opens(access)


def test_an_old_backup_from_before_a_lock_out(
    home: Path, tmp_path: Path, keyring: NoKeyring
) -> None:
    shutil.copytree(home, tmp_path / "old")
    store = open_store(home / "store", keyring)
    store.save_machine(replace(MachineRecord(), failures=4))
    store.disarm_face(ADA.profile_id)
    store.close()
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "old", home)
    with started(home, keyring) as access:
        assert not face_opens(access)


def test_a_person_of_another_store_put_into_this_one(
    home: Path, tmp_path: Path, keyring: NoKeyring
) -> None:
    mallory = a_profile("Mallory", crops=False)
    theirs = tmp_path / "theirs"
    store = open_store(theirs / "store", keyring)
    keys = keys_for(mallory, "what mallory typed")
    store.enrol(mallory, keys)
    store.arm_face(mallory.profile_id, keys.vault_key)
    store.close()
    _put_in(theirs, home, mallory)
    with started(home, keyring) as access:
        assert [one.name for one in access.profiles] == ["Ada"]
        assert not face_opens(access, mallory.profile_id)
    with started(home, keyring) as access, pytest.raises(FacelockError):
        access.accept(access.slow_open(mallory.profile_id, "what mallory typed"))


def _put_in(theirs: Path, home: Path, whom: Profile) -> None:
    for file in (theirs / "store" / "people").glob(f"{whom.profile_id}.*"):
        shutil.copy2(file, home / "store" / "people" / file.name)


def test_a_foreign_profile_in_the_owners_place(
    home: Path, tmp_path: Path, keyring: NoKeyring
) -> None:
    """Their record under Ada's name: their face must not open as hers."""
    mallory = a_profile("Mallory", crops=False)
    theirs = tmp_path / "theirs"
    store = open_store(theirs / "store", keyring)
    store.enrol(mallory, keys_for(mallory))
    store.close()
    people = home / "store" / "people"
    source = theirs / "store" / "people" / f"{mallory.profile_id}.sealed"
    shutil.copy2(source, people / f"{ADA.profile_id}.sealed")
    with started(home, keyring) as access:
        assert access.profiles == ()
        assert not face_opens(access)
        assert passphrase_opens(access)
