"""The store: what is written is read again, and what is in doubt is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sealed_people import (
    FAST,
    PASSPHRASE,
    a_profile,
    a_threshold,
    enrolled,
    keys_for,
    open_store,
)

from facelock.core.atomic_file import write_atomically
from facelock.core.errors import (
    KeyringUnavailable,
    NameTaken,
    NotEnrolled,
    SettingsError,
    SimulatedCameraRefused,
    StoreDamaged,
    StoreInUse,
    StoreTooNew,
    StoreUnwritable,
    WrongPassphrase,
)
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.vault import loaded, sealed_folder
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore

RECORD = MachineRecord(Level.STRICT, failures=2, cooldown_until_wall=12.5, camera_id="046d:0825")


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


def flip(path: Path, at: int = 70) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_profile_comes_back_as_it_was(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, bob = a_profile("Ada"), a_profile("Roberta", crops=False)
    enrolled(tmp_path, keeper, bob, ada)
    store = open_store(tmp_path, keeper)
    assert [one.name for one in store.profiles] == ["Ada", "Roberta"]
    assert set(store.people) == {ada.profile_id, bob.profile_id}
    back = store.profiles[0]
    assert back.thresholds == ada.thresholds
    assert (back.poses, back.created_at, back.demo) == (ada.poses, ada.created_at, False)
    for mine, theirs in zip(ada.samples, back.samples, strict=True):
        assert np.array_equal(mine.embedding, theirs.embedding)
        assert mine.crop is not None
        assert theirs.crop is not None
        assert np.array_equal(mine.crop.pixels, theirs.crop.pixels)
        assert mine.pose == theirs.pose
    assert store.profiles[1].samples[0].crop is None
    assert store.damaged == ()
    assert not store.demo
    store.close()
    store.close()


def test_rules_and_counters_survive_a_restart(tmp_path: Path, keeper: NoKeyring) -> None:
    store = open_store(tmp_path, keeper)
    assert store.machine == MachineRecord()
    store.save_machine(RECORD)
    store.close()
    assert open_store(tmp_path, keeper).machine == RECORD


def test_impossible_counters_are_not_written(tmp_path: Path, keeper: NoKeyring) -> None:
    store = open_store(tmp_path, keeper)
    with pytest.raises(ValueError, match="failures"):
        store.save_machine(MachineRecord(failures=-1))
    assert store.machine.failures == 0


def test_a_passphrase_opens_its_own_key_alone(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")
    store = open_store(tmp_path, keeper)
    keys = keys_for(ada)
    store.enrol(ada, keys)
    store.enrol(bob, keys_for(bob, "another good phrase"))
    assert store.open_key(ada.profile_id, PASSPHRASE) == keys.vault_key
    with pytest.raises(WrongPassphrase):
        store.open_key(bob.profile_id, PASSPHRASE)
    with pytest.raises(NotEnrolled):
        store.open_key("0" * 32, PASSPHRASE)
    with pytest.raises(NotEnrolled):
        store.key_slots("0" * 32)


def test_a_face_opens_the_key_only_while_armed(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    store = open_store(tmp_path, keeper)
    keys = keys_for(ada)
    store.enrol(ada, keys)
    assert store.open_key_by_face(ada.profile_id) is None
    with pytest.raises(StoreDamaged):
        store.arm_face(ada.profile_id, bytearray(32))
    store.arm_face(ada.profile_id, keys.vault_key)
    assert store.key_slots(ada.profile_id).face is not None
    assert store.open_key_by_face(ada.profile_id) == keys.vault_key
    store.disarm_face(ada.profile_id)
    store.disarm_face(ada.profile_id)
    assert store.open_key_by_face(ada.profile_id) is None
    assert store.key_slots(ada.profile_id).face is None
    assert store.open_key_by_face("0" * 32) is None


def test_names_are_unique_and_can_be_shown(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")
    enrolled(tmp_path, keeper, ada, bob)
    store = open_store(tmp_path, keeper)
    for name in ("ADA", " ada "):
        with pytest.raises(NameTaken):
            store.rename(bob.profile_id, name)
    for name in ("", "  ", "x" * 61, "a\nb"):
        with pytest.raises(SettingsError):
            store.rename(bob.profile_id, name)
    with pytest.raises(NotEnrolled):
        store.rename("0" * 32, "Eve")
    store.rename(bob.profile_id, "bob")
    store.rename(bob.profile_id, " Robert ")
    assert store.profiles[1].name == "Robert"
    with pytest.raises(NameTaken):
        store.enrol(twin := a_profile("ada"), keys_for(twin))


def test_nobody_is_enrolled_twice_or_with_anothers_keys(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    store = open_store(tmp_path, keeper)
    with pytest.raises(ValueError, match="keys"):
        store.enrol(ada, keys_for(a_profile()))
    store.enrol(ada, keys_for(ada))
    with pytest.raises(ValueError, match="enrolled"):
        store.enrol(ada, keys_for(ada))
    with pytest.raises(NotEnrolled):
        store.replace(a_profile("Bob"))


def test_an_impossible_profile_is_not_written(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    store = open_store(tmp_path, keeper)
    store.enrol(ada, keys_for(ada))
    worse = dict.fromkeys(Level, a_threshold(float("nan")))
    with pytest.raises(ValueError, match="threshold"):
        store.replace(replace(ada, thresholds=worse))
    bob = replace(a_profile("Bob"), thresholds={})
    with pytest.raises(ValueError, match="levels"):
        store.enrol(bob, keys_for(bob))
    assert list(store.people) == [ada.profile_id]
    assert not list(tmp_path.glob(f"people/{bob.profile_id}*"))


def test_removing_leaves_no_file_and_no_keyring_entry(tmp_path: Path, keeper: NoKeyring) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")
    store = open_store(tmp_path, keeper)
    keys = keys_for(ada)
    store.enrol(ada, keys)
    store.enrol(bob, keys_for(bob))
    store.arm_face(ada.profile_id, keys.vault_key)
    store.rename(ada.profile_id, "Augusta")
    store.remove(ada.profile_id)
    assert [one.name for one in store.profiles] == ["Bob"]
    assert not [path for path in tmp_path.rglob("*") if ada.profile_id in path.name]
    assert not [name for name in keeper._secrets if ada.profile_id in name]
    with pytest.raises(NotEnrolled):
        store.remove(ada.profile_id)
    with pytest.raises(NotEnrolled):
        store.open_key(ada.profile_id, PASSPHRASE)


def test_a_removal_cut_short_is_finished_at_the_next_opening(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    store = open_store(tmp_path, keeper)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing)
        with pytest.raises(StoreUnwritable):
            store.remove(ada.profile_id)
    store.close()
    assert list(tmp_path.glob("people/*"))
    store = open_store(tmp_path, keeper)
    assert not list(tmp_path.glob("people/*"))
    assert store.people == ()


def failing(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_an_enrolment_on_a_full_disk_leaves_nobody_half_enrolled(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")
    enrolled(tmp_path, keeper, ada)
    store = open_store(tmp_path, keeper)
    keys = keys_for(bob)
    with monkeypatch.context() as patch:
        patch.setattr(sealed_folder, "write_atomically", failing_after(writes))
        with pytest.raises(StoreUnwritable):
            store.enrol(bob, keys)
    assert [one.name for one in store.profiles] == ["Ada"]
    assert list(store.people) == [ada.profile_id]
    store.close()
    store = open_store(tmp_path, keeper)
    assert [one.name for one in store.profiles] == ["Ada"]
    assert store.damaged == ()
    assert not list(tmp_path.glob(f"people/{bob.profile_id}*"))
    assert store.open_key(ada.profile_id, PASSPHRASE)


def failing_after(writes: int) -> Callable[..., None]:
    left = [writes]
    write = write_atomically

    def failing_write(*arguments: object, **options: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            failing()
        write(*arguments, **options)  # type: ignore[arg-type]  # passes all on

    return failing_write


@pytest.mark.parametrize("writes", [0, 1])
def test_a_change_on_a_full_disk_leaves_the_old_profile(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    store = open_store(tmp_path, keeper)
    with monkeypatch.context() as patch:
        patch.setattr(sealed_folder, "write_atomically", failing_after(writes))
        with pytest.raises(StoreUnwritable):
            store.rename(ada.profile_id, "Augusta")
    assert [one.name for one in store.profiles] == ["Ada"]
    store.close()
    store = open_store(tmp_path, keeper)
    assert [one.name for one in store.profiles] == ["Ada"]
    store.rename(ada.profile_id, "Augusta")


def test_without_a_keyring_the_passphrase_opens_the_store(tmp_path: Path) -> None:
    ada = a_profile()
    store = open_store(tmp_path, NoKeyring())
    keys = keys_for(ada)
    store.enrol(ada, keys)
    store.save_machine(RECORD)
    store.arm_face(ada.profile_id, keys.vault_key)
    store.close()
    store = open_store(tmp_path, NoKeyring())
    assert store.needs_passphrase
    assert list(store.profiles) == []
    assert store.machine == MachineRecord.closed()
    assert store.machine.passphrase_only is Why.NO_FACE_KEY
    assert store.people == (ada.profile_id,)
    assert store.open_key_by_face(ada.profile_id) is None
    with pytest.raises(StoreDamaged):
        store.save_machine(RECORD)
    with pytest.raises(StoreDamaged):
        store.enrol(ada, keys)
    with pytest.raises(WrongPassphrase):
        store.open_key(ada.profile_id, "not the passphrase")
    assert store.needs_passphrase
    assert store.open_key(ada.profile_id, PASSPHRASE) == keys.vault_key
    assert not store.needs_passphrase
    assert [one.name for one in store.profiles] == ["Ada"]
    assert store.machine == RECORD
    assert store.open_key_by_face(ada.profile_id) is None


def test_a_keyring_that_lost_its_entries_is_filled_again_by_the_passphrase(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    keeper = NoKeyring()
    store = open_store(tmp_path, keeper)
    store.open_key(ada.profile_id, PASSPHRASE)
    store.close()
    assert not open_store(tmp_path, keeper).needs_passphrase


def test_a_keyring_of_another_machine_opens_nothing_and_the_passphrase_still_does(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    for name, secret in list(keeper._secrets.items()):
        keeper.put(name, bytes(len(secret)) if name.startswith("device") else secret)
    store = open_store(tmp_path, keeper)
    assert store.needs_passphrase
    assert list(store.profiles) == []
    store.open_key(ada.profile_id, PASSPHRASE)
    assert [one.name for one in store.profiles] == ["Ada"]


def test_a_damaged_machine_record_falls_to_the_strictest_rules(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    before = (tmp_path / "machine.sealed").read_bytes()
    flip(tmp_path / "machine.sealed")
    store = open_store(tmp_path, keeper)
    assert store.needs_passphrase
    assert (tmp_path / "machine.sealed.damaged").exists()
    assert (tmp_path / "machine.sealed").stat().st_size == len(before)
    store.open_key(ada.profile_id, PASSPHRASE)
    assert store.machine == MachineRecord.closed()
    assert [one.name for one in store.profiles] == ["Ada"]
    store.close()
    assert not open_store(tmp_path, keeper).needs_passphrase


def test_a_damaged_profile_is_kept_and_listed_and_can_be_replaced(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")
    enrolled(tmp_path, keeper, ada, bob)
    path = tmp_path / "people" / f"{ada.profile_id}.sealed"
    flip(path)
    damaged = path.read_bytes()
    store = open_store(tmp_path, keeper)
    assert [one.name for one in store.profiles] == ["Bob"]
    assert [one.profile_id for one in store.damaged] == [ada.profile_id]
    assert path.read_bytes() == damaged
    assert path.with_name(path.name + ".damaged").read_bytes() == damaged
    assert store.open_key(ada.profile_id, PASSPHRASE)
    store.close()
    store = open_store(tmp_path, keeper)  # the copy is there already
    store.replace(ada)
    assert store.damaged == ()
    assert len(store.profiles) == 2


@pytest.mark.parametrize("suffix", [".sealed", ".keys"])
def test_a_missing_file_is_listed(tmp_path: Path, keeper: NoKeyring, suffix: str) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    (tmp_path / "people" / f"{ada.profile_id}{suffix}").unlink()
    store = open_store(tmp_path, keeper)
    assert list(store.profiles) == []
    assert "missing" in store.damaged[0].reason


def test_a_newer_machine_record_is_not_overwritten(tmp_path: Path, keeper: NoKeyring) -> None:
    enrolled(tmp_path, keeper)
    path = tmp_path / "machine.sealed"
    data = bytearray(path.read_bytes())
    data[9] = 9
    path.write_bytes(data)
    for _ in range(2):  # and the failed opening has let go of the lock
        with pytest.raises(StoreTooNew):
            open_store(tmp_path, keeper)
    assert path.read_bytes() == bytes(data)


def test_a_newer_profile_is_listed(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    path = tmp_path / "people" / f"{ada.profile_id}.sealed"
    data = bytearray(path.read_bytes())
    data[9] = 9
    path.write_bytes(data)
    assert "version 9" in open_store(tmp_path, keeper).damaged[0].reason


def test_with_nobody_enrolled_a_damaged_store_begins_anew(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    enrolled(tmp_path, keeper)
    flip(tmp_path / "machine.sealed")
    store = open_store(tmp_path, keeper)
    assert not store.needs_passphrase
    assert (tmp_path / "machine.sealed.damaged").exists()


def test_a_demo_never_meets_a_real_store(tmp_path: Path, keeper: NoKeyring) -> None:
    store = open_store(tmp_path / "real", keeper)
    demo = a_profile(demo=True)
    with pytest.raises(SimulatedCameraRefused):
        store.enrol(demo, keys_for(demo))
    store.close()
    with pytest.raises(StoreDamaged):
        open_store(tmp_path / "real", keeper, demo=True)
    store = open_store(tmp_path / "demo", keeper, demo=True)
    store.enrol(demo, keys_for(demo))
    assert store.demo
    store.close()
    with pytest.raises(StoreDamaged):
        open_store(tmp_path / "demo", keeper)
    assert open_store(tmp_path / "demo", keeper, demo=True).profiles[0].demo


def test_one_store_is_open_once(tmp_path: Path, keeper: NoKeyring) -> None:
    store = open_store(tmp_path, keeper)
    with pytest.raises(StoreInUse):
        open_store(tmp_path, keeper)
    store.close()
    open_store(tmp_path, keeper)


class BrokenKeyring(NoKeyring):
    """A keyring that was locked while the app ran."""

    broken = False

    def put(self, name: str, secret: bytes) -> None:
        if self.broken:
            raise KeyringUnavailable("locked")
        super().put(name, secret)


def test_a_keyring_locked_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    keeper = BrokenKeyring()
    ada, bob = a_profile("Ada"), a_profile("Bob")
    enrolled(tmp_path, keeper, ada)
    store = open_store(tmp_path, keeper)
    keeper.broken = True
    with pytest.raises(KeyringUnavailable):
        store.save_machine(RECORD)
    with pytest.raises(KeyringUnavailable):
        store.rename(ada.profile_id, "Augusta")
    with pytest.raises(KeyringUnavailable):
        store.enrol(bob, keys_for(bob))
    assert store.machine == RECORD
    store.close()
    keeper.broken = False
    store = open_store(tmp_path, keeper)
    assert not store.needs_passphrase
    assert store.machine == RECORD
    assert [one.name for one in store.profiles] == ["Augusta"]
    assert not list(tmp_path.glob(f"people/{bob.profile_id}*"))


class KeyringWithAWrongSize(NoKeyring):
    """A keyring somebody wrote into."""

    def get(self, name: str) -> bytes | None:
        return b"short"


def test_a_keyring_entry_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyringUnavailable):
        open_store(tmp_path, KeyringWithAWrongSize())


def test_an_enrolment_cut_short_without_a_keyring_leaves_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = a_profile()
    store = open_store(tmp_path, NoKeyring())

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loaded.LoadedStore, "write_profile", cut)
        patch.setattr(loaded.LoadedStore, "finish_removing", failing_removal)
        with pytest.raises(KeyboardInterrupt):
            store.enrol(ada, keys_for(ada))
    store.close()
    store = open_store(tmp_path, NoKeyring())
    assert store.needs_passphrase
    with pytest.raises(NotEnrolled, match="never finished"):
        store.open_key(ada.profile_id, PASSPHRASE)
    assert not store.needs_passphrase
    assert store.people == ()


def failing_removal(_: object) -> None:
    raise StoreUnwritable("full disk")


def test_a_cheap_passphrase_slot_is_refused(tmp_path: Path, keeper: NoKeyring) -> None:
    store = ProfileStore.open(tmp_path, keeper, demo=False)
    ada = a_profile()
    with pytest.raises(StoreDamaged, match="stretched too little"):
        store.enrol(ada, keys_for(ada))
    assert store.people == ()
    store.close()
    enrolled(tmp_path, keeper, ada)
    store = ProfileStore.open(tmp_path, keeper, demo=False)
    with pytest.raises(StoreDamaged, match="stretched too little"):
        store.open_key(ada.profile_id, PASSPHRASE)
    assert FAST.memory_kib < 19_456


@pytest.mark.skipif(os.name != "posix", reason="POSIX links")
def test_a_damaged_file_that_cannot_be_copied_is_still_left_alone(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    path = tmp_path / "people" / f"{ada.profile_id}.sealed"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    store = open_store(tmp_path, keeper)
    assert "trusted" in store.damaged[0].reason
    assert path.is_symlink()
