"""Several people are replaced at once: all of them or none, whenever the power goes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from power_cuts import Killed, Power
from sealed_people import a_profile, enrolled, keys_for, open_store

from facelock.core.errors import (
    KeyringUnavailable,
    NotEnrolled,
    SimulatedCameraRefused,
    StoreDamaged,
    StoreUnwritable,
)
from facelock.core.levels import Level
from facelock.core.template import Profile
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord
from facelock.vault.sealed_folder import SealedFolder
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.store import ProfileStore

ADA, BOB, EVE = a_profile("Ada"), a_profile("Roberta", crops=False), a_profile("Evelyn")
OLD, NEW = ADA.model_sha256, "ef" * 32
RULES = MachineRecord(Level.STRICT, failures=2, non_matches=1, last_passphrase_wall=7.0)


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


def renewed(*profiles: Profile) -> list[Profile]:
    return [replace(one, model_sha256=NEW) for one in profiles]


def a_store(folder: Path, keeper: NoKeyring) -> ProfileStore:
    enrolled(folder, keeper, ADA, BOB, EVE)
    store = open_store(folder, keeper)
    store.save_machine(RULES)
    return store


def models(store: ProfileStore) -> set[str]:
    assert store.damaged == ()
    assert {one.profile_id for one in store.profiles} == {one.profile_id for one in (ADA, BOB, EVE)}
    assert store.machine == RULES
    return {one.model_sha256 for one in store.profiles}


def leftovers(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.renewed"))


def reopened(folder: Path, keeper: NoKeyring) -> set[str]:
    store = open_store(folder, keeper)
    found = models(store)
    store.close()
    assert leftovers(folder) == []
    return found


def test_what_is_staged_is_not_in_force_and_what_is_adopted_is(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = a_store(tmp_path, keeper)
    staged = store.stage(renewed(ADA, BOB, EVE))
    assert models(store) == {OLD}
    assert len(leftovers(tmp_path)) == 3
    assert store.adopt(staged)
    assert models(store) == {NEW}
    assert leftovers(tmp_path) == []
    assert len(list(tmp_path.rglob("people/*.previous"))) == 3
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}


def test_a_store_left_with_people_staged_opens_with_the_old_ones(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = a_store(tmp_path, keeper)
    store.stage(renewed(ADA, BOB, EVE))
    store.close()
    assert reopened(tmp_path, keeper) == {OLD}


def power_cuts(tmp_path: Path, error: BaseException) -> Iterator[tuple[Path, NoKeyring, set[str]]]:
    """Renew, failing at each step in turn; yield what this process then held for true."""
    folder, keeper = tmp_path / "store", NoKeyring()
    a_store(folder, keeper).close()
    shutil.copytree(folder, tmp_path / "before")
    secrets, at, done = dict(keeper._secrets), 0, False
    while not done:
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)
        keeper._secrets = dict(secrets)
        store = open_store(folder, keeper)
        with pytest.MonkeyPatch.context() as patched:
            power = Power(patched, at, error)
            with suppress(Killed, StoreUnwritable):
                store.adopt(store.stage(renewed(ADA, BOB, EVE)))
        held = models(store)
        store.close()
        yield folder, keeper, held
        done, at = power.calls <= at, at + 1
    assert at > 40


def test_killed_at_any_step_all_are_old_or_all_are_new(tmp_path: Path) -> None:
    seen = set()
    for folder, keeper, _ in power_cuts(tmp_path, Killed()):
        found = reopened(folder, keeper)
        assert len(found) == 1
        assert reopened(folder, keeper) == found  # and it stays so
        seen |= found
    assert seen == {OLD, NEW}


def test_a_disk_that_fails_at_any_step_leaves_what_the_program_holds_for_true(
    tmp_path: Path,
) -> None:
    for folder, keeper, held in power_cuts(tmp_path, OSError(28, "No space left on device")):
        assert len(held) == 1
        assert reopened(folder, keeper) == held


def test_after_a_disk_that_failed_the_same_process_can_renew_again(tmp_path: Path) -> None:
    keeper = NoKeyring()
    store = a_store(tmp_path, keeper)
    for at in (3, 20, 30):
        with pytest.MonkeyPatch.context() as patched:
            Power(patched, at, OSError(28, "No space left on device"))
            with suppress(StoreUnwritable):
                store.stage(renewed(ADA, BOB, EVE))
    assert store.adopt(store.stage(renewed(ADA, BOB, EVE)))
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}


def held_fast(self: SealedFolder, name: str, to: str) -> None:
    """Stand in for `promote` where something (a virus scanner) holds the file of that name."""
    raise StoreUnwritable(to)


def adopted_beside_its_place(folder: Path, keeper: NoKeyring) -> ProfileStore:
    """Return a store that is renewed by its index, with everybody's record not in its place."""
    store = a_store(folder, keeper)
    staged = store.stage(renewed(ADA, BOB, EVE))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SealedFolder, "promote", held_fast)
        assert store.adopt(staged)
    assert len(leftovers(folder)) == 3
    return store


def test_what_was_adopted_and_not_renamed_survives_whatever_is_staged_and_dropped_next(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = adopted_beside_its_place(tmp_path, keeper)
    store._loaded.drop(store.stage([replace(one, model_sha256=OLD) for one in store.profiles]))
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}


def test_what_was_adopted_and_not_renamed_survives_a_staging_that_the_disk_refuses(
    tmp_path: Path,
) -> None:
    """Whatever fails, at any step."""
    at, done = 0, False
    while not done:
        folder, keeper = tmp_path / str(at), NoKeyring()
        store = adopted_beside_its_place(folder, keeper)
        with pytest.MonkeyPatch.context() as patched:
            power = Power(patched, at, OSError(28, "No space left on device"))
            with suppress(StoreUnwritable):
                store._loaded.drop(store.stage(renewed(*store.profiles)))
        store.close()
        assert reopened(folder, keeper) == {NEW}
        done, at = power.calls <= at, at + 1
    assert at > 20


def test_while_a_file_is_held_fast_nothing_is_written_over_the_one_valid_record(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = adopted_beside_its_place(tmp_path, keeper)
    before = [path.read_bytes() for path in leftovers(tmp_path)]
    with monkeypatch.context() as patched:
        patched.setattr(SealedFolder, "promote", held_fast)
        with pytest.raises(StoreUnwritable):
            store.stage(renewed(ADA, BOB))
        with pytest.raises(StoreUnwritable):
            store.rename(BOB.profile_id, "Bob")
    assert [path.read_bytes() for path in leftovers(tmp_path)] == before
    store.rename(BOB.profile_id, "Bob")  # once it is let go
    assert len(leftovers(tmp_path)) == 2
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}
    store = open_store(tmp_path, keeper)
    assert "Bob" in [one.name for one in store.profiles]
    store.close()


def test_a_rename_that_only_could_not_be_synced_is_not_done_twice(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(tmp_path, keeper)
    staged = store.stage(renewed(ADA, BOB, EVE))
    promote = SealedFolder.promote

    def unsynced(self: SealedFolder, name: str, to: str) -> None:
        promote(self, name, to)
        raise StoreUnwritable(to)

    with monkeypatch.context() as patched:
        patched.setattr(SealedFolder, "promote", unsynced)
        assert store.adopt(staged)
    store.rename(BOB.profile_id, "Bob")
    store._loaded.drop(store.stage(list(store.profiles)))
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}


def test_whoever_is_removed_while_their_record_is_not_in_its_place_is_gone_all_the_same(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = adopted_beside_its_place(tmp_path, keeper)
    store.remove(EVE.profile_id)
    assert not list(tmp_path.rglob(f"{EVE.profile_id}*"))
    assert store.adopt(store.stage(list(store.profiles)))
    store.close()
    store = open_store(tmp_path, keeper)
    assert {one.model_sha256 for one in store.profiles} == {NEW}
    assert len(store.profiles) == 2
    store.close()


def test_a_person_renamed_or_removed_meanwhile_is_not_written_over(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = a_store(tmp_path, keeper)
    staged = store.stage(renewed(ADA, BOB, EVE))
    store.rename(BOB.profile_id, "Bob")
    assert not store.adopt(staged)
    assert models(store) == {OLD}
    assert leftovers(tmp_path) == []
    staged = store.stage(renewed(ADA, EVE))
    store.remove(EVE.profile_id)
    assert leftovers(tmp_path) != []  # Ada's waits for an answer; hers is gone with her
    assert not store.adopt(staged)
    assert not list(tmp_path.rglob(f"{EVE.profile_id}*"))
    assert [one.name for one in store.profiles] == ["Ada", "Bob"]
    store.close()


def test_of_who_is_removed_while_they_are_staged_nothing_is_left(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(tmp_path, keeper)
    write = SealedRecords.write_renewed

    def meanwhile(self: SealedRecords, secret: bytes, profile: Profile, generation: int) -> None:
        if profile.profile_id == EVE.profile_id:
            store.remove(EVE.profile_id)
        write(self, secret, profile, generation)

    monkeypatch.setattr(SealedRecords, "write_renewed", meanwhile)
    staged = store.stage(renewed(ADA, EVE))
    assert not list(tmp_path.rglob(f"{EVE.profile_id}*"))
    assert not store.adopt(staged)
    assert {one.model_sha256 for one in store.profiles} == {OLD}
    store.close()


def test_a_change_that_a_power_cut_left_beside_a_staged_record_wins(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    """Both are newer than the index says; the one that was in force stays in force."""
    store = a_store(tmp_path, keeper)
    store.stage(renewed(ADA, BOB, EVE))
    store.rename(BOB.profile_id, "Bob")
    store.close()
    assert reopened(tmp_path, keeper) == {OLD}


@pytest.mark.security
def test_a_staged_record_of_another_person_or_secret_is_not_put_in_force(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = a_store(tmp_path, keeper)
    store.stage(renewed(ADA, BOB, EVE))
    store.close()
    people = tmp_path / "people"
    (people / f"{ADA.profile_id}.sealed").unlink()
    (people / f"{ADA.profile_id}.renewed").write_bytes(
        (people / f"{EVE.profile_id}.renewed").read_bytes()
    )
    store = open_store(tmp_path, keeper)
    assert [one.profile_id for one in store.damaged] == [ADA.profile_id]
    assert {one.model_sha256 for one in store.profiles} == {OLD}
    store.close()


@pytest.mark.security
def test_an_older_staged_record_is_a_rollback(tmp_path: Path, keeper: NoKeyring) -> None:
    store = a_store(tmp_path, keeper)
    store.stage(renewed(ADA))
    path = tmp_path / "people" / f"{ADA.profile_id}.renewed"
    older = path.read_bytes()
    for name in ("Adele", "Ada"):
        store.rename(ADA.profile_id, name)
    store.close()
    path.write_bytes(older)
    (tmp_path / "people" / f"{ADA.profile_id}.sealed").unlink()
    store = open_store(tmp_path, keeper)
    assert [one.profile_id for one in store.damaged] == [ADA.profile_id]
    store.close()


@pytest.mark.security
@pytest.mark.parametrize("how", ["dropped", "taken away"])
def test_a_staged_record_that_was_never_adopted_cannot_be_put_in_the_place_of_a_later_one(
    tmp_path: Path, keeper: NoKeyring, how: str
) -> None:
    """Not even if whoever copied it took it away, and Facelock was started anew since."""
    store = a_store(tmp_path, keeper)
    staged = store.stage(renewed(ADA))
    path = tmp_path / "people" / f"{ADA.profile_id}.renewed"
    copy = path.read_bytes()
    if how == "dropped":
        store._loaded.drop(staged)
    else:
        path.unlink()
        store.close()
        store = open_store(tmp_path, keeper)
    store.rename(ADA.profile_id, "Adele")
    store.close()
    path.write_bytes(copy)
    store = open_store(tmp_path, keeper)
    assert "Adele" in [one.name for one in store.profiles]
    store.close()
    path.with_suffix(".sealed").write_bytes(copy)
    store = open_store(tmp_path, keeper)
    assert [one.profile_id for one in store.damaged] == [ADA.profile_id]
    assert "rolled back" in store.damaged[0].reason
    store.close()


def test_only_enrolled_people_of_this_kind_of_store_are_staged(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = a_store(tmp_path, keeper)
    with pytest.raises(NotEnrolled):
        store.stage(renewed(a_profile("Nobody")))
    with pytest.raises(SimulatedCameraRefused):
        store.stage([replace(ADA, demo=True)])
    assert leftovers(tmp_path) == []
    store.close()
    with pytest.raises(StoreDamaged, match="sealed"):
        store.stage(renewed(ADA))


def test_a_keyring_that_fails_lags_behind_and_the_new_records_stand(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(tmp_path, keeper)
    staged = store.stage(renewed(ADA, BOB, EVE))

    def locked(name: str, secret: bytes) -> None:
        raise KeyringUnavailable(name)

    with monkeypatch.context() as patched:
        patched.setattr(keeper, "put", locked)
        with pytest.raises(KeyringUnavailable):
            store.adopt(staged)
    assert models(store) == {NEW}
    store.close()
    assert reopened(tmp_path, keeper) == {NEW}


def test_somebody_enrolled_after_a_renewal_is_renewed_by_the_next(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    store = open_store(tmp_path, keeper)
    store.enrol(ADA, keys_for(ADA))
    for model in (NEW, OLD, NEW):
        (now,) = store.profiles
        assert store.adopt(store.stage([replace(now, model_sha256=model)]))
    store.close()
    store = open_store(tmp_path, keeper)
    assert [one.model_sha256 for one in store.profiles] == [NEW]
    store.close()
