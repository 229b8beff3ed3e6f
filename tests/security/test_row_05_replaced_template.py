"""Threat-model row 5: replaced, swapped and rolled back files open nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sealed_people import PASSPHRASE, a_profile, enrolled, keys_for, open_store

from facelock.core.errors import NotEnrolled, StoreDamaged, WrongPassphrase
from facelock.core.levels import Level
from facelock.core.template import Profile
from facelock.vault.envelope import Header, Kind, seal
from facelock.vault.keyring import NoKeyring
from facelock.vault.profile_record import PROFILE_VERSION, encode_profile
from facelock.vault.records import MachineRecord
from facelock.vault.sealed_records import _sealing_key

pytestmark = pytest.mark.security


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


def sealed(folder: Path, profile: Profile) -> Path:
    return folder / "people" / f"{profile.profile_id}.sealed"


def keys(folder: Path, profile: Profile) -> Path:
    return folder / "people" / f"{profile.profile_id}.keys"


def copied(folder: Path) -> Path:
    copy = folder.with_name(folder.name + "-copy")
    shutil.copytree(folder, copy)
    return copy


def test_swapped_profiles_are_refused(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, eve = a_profile("Ada"), a_profile("Eve")
    enrolled(tmp_path, keeper, ada, eve)
    one, other = sealed(tmp_path, ada), sealed(tmp_path, eve)
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    store = open_store(tmp_path, keeper)
    assert list(store.profiles) == []
    assert len(store.damaged) == 2


def test_swapped_keys_open_nothing(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, eve = a_profile("Ada"), a_profile("Eve")
    enrolled(tmp_path, keeper, ada, eve)
    eves = keys(tmp_path, eve).read_bytes()
    for forged in (eves, eves.replace(eve.profile_id.encode(), ada.profile_id.encode())):
        keys(tmp_path, ada).write_bytes(forged)
        store = open_store(tmp_path, keeper)
        with pytest.raises((StoreDamaged, WrongPassphrase)):
            store.open_key(ada.profile_id, PASSPHRASE)
        store.close()


def test_a_profile_sealed_on_another_machine_is_refused(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path / "ours", keeper, ada)
    enrolled(tmp_path / "theirs", NoKeyring(), ada)
    shutil.copy(sealed(tmp_path / "theirs", ada), sealed(tmp_path / "ours", ada))
    assert open_store(tmp_path / "ours", keeper).profiles == ()


def test_keys_of_the_attackers_making_open_nothing(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path / "ours", keeper, ada)
    attacker = open_store(tmp_path / "theirs", NoKeyring())
    attackers = keys_for(ada, "the attackers phrase")
    attacker.enrol(ada, attackers)
    shutil.copy(keys(tmp_path / "theirs", ada), keys(tmp_path / "ours", ada))
    store = open_store(tmp_path / "ours", keeper)
    with pytest.raises(WrongPassphrase, match="replaced"):
        store.open_key(ada.profile_id, "the attackers phrase")
    store.close()
    # Nor where the keyring is gone and the passphrase alone vouches for the store.
    store = open_store(tmp_path / "ours", NoKeyring())
    with pytest.raises(StoreDamaged, match="no sealed record"):
        store.open_key(ada.profile_id, "the attackers phrase")
    assert store.needs_passphrase


def test_a_face_slot_of_the_attackers_making_opens_nothing(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path / "ours", keeper, ada)
    attackers_keyring = NoKeyring()
    attacker = open_store(tmp_path / "theirs", attackers_keyring)
    attackers = keys_for(ada)
    attacker.enrol(ada, attackers)
    attacker.arm_face(ada.profile_id, attackers.vault_key)
    shutil.copy(keys(tmp_path / "theirs", ada), keys(tmp_path / "ours", ada))
    store = open_store(tmp_path / "ours", keeper)
    assert store.open_key_by_face(ada.profile_id) is None
    # Even if they could write into the keyring.
    device = next(name for name in keeper._secrets if name.startswith("device"))
    ours = device.partition("/")[2]
    face = next(v for k, v in attackers_keyring._secrets.items() if k.startswith("face"))
    keeper.put(f"face/{ada.profile_id}/{ours}", face)
    with pytest.raises(StoreDamaged, match="replaced"):
        store.open_key_by_face(ada.profile_id)


def test_an_older_profile_is_refused(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    older = sealed(tmp_path, ada).read_bytes()
    store = open_store(tmp_path, keeper)
    store.rename(ada.profile_id, "Augusta")
    store.close()
    sealed(tmp_path, ada).write_bytes(older)
    store = open_store(tmp_path, keeper)
    assert list(store.profiles) == []
    assert "rolled back" in store.damaged[0].reason


def test_a_whole_older_store_wants_the_passphrase_and_gets_the_strictest_rules(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    folder = tmp_path / "store"
    store = open_store(folder, keeper)
    store.enrol(ada, keys_for(ada))
    store.save_machine(MachineRecord(Level.CONVENIENT))
    store.close()
    older = copied(folder)
    store = open_store(folder, keeper)
    store.save_machine(MachineRecord(Level.BALANCED, failures=5))
    store.close()
    shutil.rmtree(folder)
    older.rename(folder)
    store = open_store(folder, keeper)
    assert store.needs_passphrase
    assert list(store.profiles) == []
    store.open_key(ada.profile_id, PASSPHRASE)
    assert store.machine == MachineRecord.closed()
    assert [one.name for one in store.profiles] == ["Ada"]


def test_a_removed_person_does_not_come_back_with_their_old_files(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada, eve = a_profile("Ada"), a_profile("Eve")
    folder = tmp_path / "store"
    enrolled(folder, keeper, ada, eve)
    older = copied(folder)
    store = open_store(folder, keeper)
    store.remove(eve.profile_id)
    store.close()
    for path in (sealed(older, eve), keys(older, eve)):
        shutil.copy(path, folder / "people")
    store = open_store(folder, keeper)
    assert [one.name for one in store.profiles] == ["Ada"]
    with pytest.raises(NotEnrolled):
        store.open_key(eve.profile_id, PASSPHRASE)
    store.close()
    store = open_store(folder, NoKeyring())
    with pytest.raises(NotEnrolled, match="removed"):
        store.open_key(eve.profile_id, PASSPHRASE)
    assert store.needs_passphrase


def test_a_disarmed_face_slot_does_not_come_back_with_its_old_file(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    store = open_store(tmp_path, keeper)
    prepared = keys_for(ada)
    store.enrol(ada, prepared)
    store.arm_face(ada.profile_id, prepared.vault_key)
    older = keys(tmp_path, ada).read_bytes()
    store.disarm_face(ada.profile_id)
    keys(tmp_path, ada).write_bytes(older)
    assert store.open_key_by_face(ada.profile_id) is None


def test_deleting_a_seal_or_a_counter_opens_nothing(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    counters = [name for name in keeper._secrets if name.startswith("generation")]
    for name in counters:
        keeper.delete(name)
    store = open_store(tmp_path, keeper)
    assert store.needs_passphrase
    store.open_key(ada.profile_id, PASSPHRASE)
    store.close()
    (tmp_path / "machine.sealed").unlink()
    store = open_store(tmp_path, keeper)
    assert store.needs_passphrase
    assert store.machine == MachineRecord.closed()
    # The record is gone, the keyring's secret is not proven: the profile itself vouches for it.
    store.close()
    store = open_store(tmp_path, NoKeyring())
    store.open_key(ada.profile_id, PASSPHRASE)
    assert store.machine == MachineRecord.closed()
    assert len(store.profiles) == 1


def test_a_demo_profile_is_no_real_one_even_under_the_same_secret(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    secret = next(v for k, v in keeper._secrets.items() if k.startswith("device"))
    demo = encode_profile(replace(ada, demo=True))
    for marked in (True, False):
        header = Header(Kind.PROFILE, marked, 9, ada.model_sha256, PROFILE_VERSION)
        forged = seal(_sealing_key(secret), header, ada.profile_id, demo)
        sealed(tmp_path, ada).write_bytes(forged)
        store = open_store(tmp_path, keeper)
        assert list(store.profiles) == []
        store.close()
