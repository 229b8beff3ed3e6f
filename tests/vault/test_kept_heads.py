"""Heads and people come in force together: all or nothing, whenever the power goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_heads import a_version
from power_cuts import Killed, Power
from sealed_people import BACKBONE, MODEL, PASSPHRASE, a_profile, enrolled, keys_for, open_store

from facelock.core.errors import (
    KeyringUnavailable,
    NetworkMismatch,
    NotEnrolled,
    SimulatedCameraRefused,
    StoreUnwritable,
)
from facelock.core.head_version import HeadVersion
from facelock.core.levels import Level
from facelock.core.template import Profile
from facelock.vault.head_record import FORGOTTEN
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MOST_HEADS, MachineRecord
from facelock.vault.sealed_folder import SealedFolder
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.store import ProfileStore
from facelock.vault.store_heads import StagedHead

ADA, BOB, EVE = a_profile("Ada"), a_profile("Roberta", crops=False), a_profile("Evelyn")
RULES = MachineRecord(Level.STRICT, failures=2, non_matches=1, last_passphrase_wall=7.0)


def a_head(seed: int, *people: Profile) -> HeadVersion:
    return a_version(seed, *(one.profile_id for one in people), backbone=BACKBONE)


FIRST, SECOND = a_head(1, ADA, BOB), a_head(2, EVE)
ONE, TWO = FIRST.network.model_sha256, SECOND.network.model_sha256


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


@pytest.fixture
def store(tmp_path: Path, keeper: NoKeyring) -> Iterator[ProfileStore]:
    with closing(a_store(tmp_path, keeper)) as opened:
        yield opened


def a_store(folder: Path, keeper: NoKeyring) -> ProfileStore:
    enrolled(folder, keeper, ADA, BOB, EVE)
    store = open_store(folder, keeper)
    store.save_machine(RULES)
    return store


def under(store: ProfileStore, version: HeadVersion | None) -> list[Profile]:
    """Return everybody as they are under a head."""
    model = MODEL if version is None else version.network.model_sha256
    return [replace(one, model_sha256=model) for one in store.profiles]


def stage(store: ProfileStore, version: HeadVersion | None) -> StagedHead:
    return store.stage_head(version, under(store, version))


def adopt(store: ProfileStore, version: HeadVersion | None) -> bool:
    return store.adopt_head(stage(store, version))


def files(folder: Path) -> set[str]:
    return {one.name for one in (folder / "heads").glob("*")}


def state(store: ProfileStore) -> str:
    """Return the network in force, which must be everybody's and that of the head."""
    assert store.damaged == ()
    (model,) = {one.model_sha256 for one in store.profiles}
    head = store.head_in_force
    assert model == (MODEL if head is None else head.network.model_sha256)
    assert replace(store.machine, head_sha256="", heads=()) == RULES
    return model


def reopened(folder: Path, keeper: NoKeyring) -> str:
    with closing(open_store(folder, keeper)) as store:
        found = state(store)
        assert store.open_key(ADA.profile_id, PASSPHRASE)
        kept = {f"{name}.sealed" for name in store.machine.heads}
        assert len(store.heads) == len(store.machine.heads)
    assert files(folder) == kept
    assert not list(folder.rglob("*.renewed"))
    return found


def test_a_staged_head_is_not_in_force_and_an_adopted_one_is(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    staged = stage(store, FIRST)
    assert files(tmp_path) == {f"{ONE}.sealed"}
    assert store.head_in_force is None
    assert state(store) == MODEL
    assert store.adopt_head(staged)
    assert store.heads == (FIRST,)
    assert state(store) == ONE
    assert not store.adopt_head(staged)
    store.close()
    assert reopened(tmp_path, keeper) == ONE


def test_a_head_that_is_staged_and_left_is_deleted_at_the_next_opening(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    stage(store, FIRST)
    store.close()
    assert reopened(tmp_path, keeper) == MODEL
    assert files(tmp_path) == set()


def test_what_is_dropped_leaves_nothing_and_comes_in_force_no_more(
    store: ProfileStore, tmp_path: Path
) -> None:
    staged = stage(store, FIRST)
    store.drop_head(staged)
    assert files(tmp_path) == set()
    assert not list(tmp_path.rglob("*.renewed"))
    assert not store.adopt_head(staged)
    assert state(store) == MODEL


def test_what_was_staged_first_is_worth_nothing_after_the_second(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    first = stage(store, FIRST)
    second = stage(store, SECOND)
    store.drop_head(first)  # which must not take what is the second one's
    assert not store.adopt_head(first)
    assert store.adopt_head(second)
    store.close()
    assert reopened(tmp_path, keeper) == TWO


def test_while_others_are_being_staged_nothing_is_adopted_or_dropped(
    store: ProfileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stage(store, FIRST)
    tried = []
    write = SealedRecords.write_head

    def meanwhile(self: SealedRecords, secret: bytes, version: HeadVersion) -> None:
        tried.append(store.adopt_head(first))
        store.drop_head(first)
        write(self, secret, version)

    monkeypatch.setattr(SealedRecords, "write_head", meanwhile)
    second = stage(store, SECOND)
    assert tried == [False]
    assert store.adopt_head(second)


def test_older_heads_are_kept_in_order_and_the_bundled_one_keeps_them_all(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    for version in (FIRST, SECOND, FIRST, None):
        assert adopt(store, version)
        assert state(store) == (version.network.model_sha256 if version else MODEL)
    assert store.heads == (FIRST, SECOND)
    store.close()
    assert reopened(tmp_path, keeper) == MODEL


def test_a_head_that_is_kept_is_never_written_again(store: ProfileStore, tmp_path: Path) -> None:
    assert adopt(store, FIRST)
    path = tmp_path / "heads" / f"{ONE}.sealed"
    before = path.read_bytes()
    assert adopt(store, None)
    assert adopt(store, replace(FIRST, created_at=9_000.0))
    assert path.read_bytes() == before
    assert store.head_in_force is FIRST


def test_of_too_many_heads_the_oldest_that_is_not_in_force_goes(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    made = [a_head(seed) for seed in range(1, MOST_HEADS + 2)]
    for version in made[:-1]:
        assert adopt(store, version)
    assert adopt(store, made[0])
    assert len(store.heads) == MOST_HEADS
    assert adopt(store, made[-1])
    assert store.heads == tuple(made[1:])
    store.close()
    assert reopened(tmp_path, keeper) == made[-1].network.model_sha256


def test_a_record_that_is_saved_changes_no_head(store: ProfileStore) -> None:
    assert adopt(store, FIRST)
    store.save_machine(RULES)
    assert state(store) == ONE
    store.save_machine(replace(RULES, head_sha256=TWO, heads=(TWO,)))
    assert state(store) == ONE


def test_whoever_is_changed_enrolled_or_removed_meanwhile_voids_what_was_staged(
    store: ProfileStore, tmp_path: Path
) -> None:
    zoe = a_profile("Zo")
    changes: tuple[Callable[[], None], ...] = (
        lambda: store.rename(BOB.profile_id, "Bob"),
        lambda: store.enrol(zoe, keys_for(zoe)),
        lambda: store.remove(zoe.profile_id),
    )
    for change in changes:
        staged = stage(store, FIRST)
        change()
        assert not store.adopt_head(staged)
        assert state(store) == MODEL
        assert files(tmp_path) == set()
        assert not list(tmp_path.rglob("*.renewed"))


def test_nothing_is_written_for_people_who_are_no_longer_as_it_was_made_from(
    store: ProfileStore, tmp_path: Path
) -> None:
    before, people = store.profiles, under(store, FIRST)
    store.remove(EVE.profile_id)
    staged = store.stage_head(FIRST, people, everybody=before)
    assert files(tmp_path) == set()
    assert not list(tmp_path.rglob("*.renewed"))  # hers least of all
    assert not store.adopt_head(staged)
    assert not list(tmp_path.rglob(f"{EVE.profile_id}*"))


def test_a_head_whose_file_is_gone_when_it_is_adopted_does_not_come_in_force(
    store: ProfileStore, tmp_path: Path
) -> None:
    staged = stage(store, FIRST)
    (tmp_path / "heads" / f"{ONE}.sealed").unlink()
    assert not store.adopt_head(staged)
    assert state(store) == MODEL
    assert adopt(store, FIRST)


def test_only_enrolled_people_of_this_store_and_this_head_are_staged(
    store: ProfileStore, tmp_path: Path
) -> None:
    with pytest.raises(NetworkMismatch):
        store.stage_head(FIRST, store.profiles)
    with pytest.raises(SimulatedCameraRefused):
        store.stage_head(FIRST, [replace(one, demo=True) for one in under(store, FIRST)])
    with pytest.raises(NotEnrolled):
        store.stage_head(FIRST, [replace(a_profile("Nobody"), model_sha256=ONE)])
    assert files(tmp_path) == set()


def test_a_head_that_cannot_be_encoded_leaves_nothing(store: ProfileStore, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time"):
        stage(store, replace(FIRST, created_at=float("nan")))
    assert files(tmp_path) == set()
    assert adopt(store, FIRST)


def test_a_keyring_that_fails_lags_behind_and_the_new_head_stands(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage(store, FIRST)

    def locked(name: str, secret: bytes) -> None:
        raise KeyringUnavailable(name)

    with monkeypatch.context() as patched:
        patched.setattr(keeper, "put", locked)
        with pytest.raises(KeyringUnavailable):
            store.adopt_head(staged)
    assert state(store) == ONE
    store.close()
    assert reopened(tmp_path, keeper) == ONE


def test_a_folder_of_heads_that_is_a_link_is_neither_written_nor_cleared(
    store: ProfileStore, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / f"{TWO}.sealed").write_bytes(b"somebody's")
    (tmp_path / "heads").symlink_to(elsewhere)
    with pytest.raises(StoreUnwritable):
        stage(store, FIRST)
    assert (elsewhere / f"{TWO}.sealed").read_bytes() == b"somebody's"
    assert state(store) == MODEL


Found = tuple[Path, NoKeyring, str]


def power_cuts(
    tmp_path: Path, before: HeadVersion | None, wanted: HeadVersion | None, error: BaseException
) -> Iterator[Found]:
    """Adopt a head, failing at each step in turn; yield what the process then held for true.

    A killed one holds nothing.
    """
    folder, keeper = tmp_path / "store", NoKeyring()
    with closing(a_store(folder, keeper)) as store:
        assert adopt(store, FIRST)
        assert adopt(store, before)
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
                adopt(store, wanted)
        held = "" if isinstance(error, Killed) else state(store)
        store.close()
        yield folder, keeper, held
        done, at = power.calls <= at, at + 1
    assert at > 40


CHANGES = pytest.mark.parametrize(
    ("before", "wanted"),
    [(FIRST, SECOND), (FIRST, None), (None, FIRST)],
    ids=["adopted", "bundled", "reverted"],
)


@CHANGES
def test_killed_at_any_step_the_old_head_or_the_new_one_is_everybodys(
    tmp_path: Path, before: HeadVersion | None, wanted: HeadVersion | None
) -> None:
    seen = set()
    for folder, keeper, _ in power_cuts(tmp_path, before, wanted, Killed()):
        found = reopened(folder, keeper)
        assert reopened(folder, keeper) == found  # and it stays so
        seen.add(found)
    assert seen == {one.network.model_sha256 if one else MODEL for one in (before, wanted)}


@CHANGES
def test_a_disk_that_fails_at_any_step_leaves_what_the_program_holds_for_true(
    tmp_path: Path, before: HeadVersion | None, wanted: HeadVersion | None
) -> None:
    full = OSError(28, "No space left on device")
    for folder, keeper, held in power_cuts(tmp_path, before, wanted, full):
        assert reopened(folder, keeper) == held


def test_removing_somebody_takes_the_heads_they_had_a_part_in(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    hers, ours, others = a_head(3, EVE), a_head(4, ADA, EVE), a_head(5, ADA, BOB)
    for version in (hers, others, ours):
        assert adopt(store, version)
    store.remove(EVE.profile_id)
    assert [one.network for one in store.heads] == [others.network, ours.network]
    in_force = store.head_in_force
    assert in_force is not None
    assert in_force.profile_ids == (ADA.profile_id, FORGOTTEN)  # the matrix stays, her name not
    store.close()
    assert reopened(tmp_path, keeper) == ours.network.model_sha256
    assert not list(tmp_path.rglob(f"*{EVE.profile_id}*"))
    with closing(open_store(tmp_path, keeper)) as again:
        found = again.head_in_force
        assert found is not None
        assert found.profile_ids == (ADA.profile_id, FORGOTTEN)
        assert [one.profile_id for one in found.after.people] == [ADA.profile_id]
        assert adopt(again, None)
        assert [one.network for one in again.heads] == [others.network]
    assert reopened(tmp_path, keeper) == MODEL
    assert files(tmp_path) == {f"{others.network.model_sha256}.sealed"}


def test_a_removal_that_a_power_cut_ended_is_finished_for_heads_too(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (a_head(3, EVE), a_head(4, ADA, EVE)):
        assert adopt(store, version)

    def killed(self: SealedFolder, profile_id: str) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(SealedFolder, "delete_vault", killed)
        with pytest.raises(Killed):
            store.remove(EVE.profile_id)
    store.close()
    with closing(open_store(tmp_path, keeper)) as again:
        assert [one.profile_ids for one in again.heads] == [(ADA.profile_id, FORGOTTEN)]
    assert len(files(tmp_path)) == 1


def test_a_head_that_told_somebody_apart_goes_with_them_too(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    earlier, present = (
        a_version(seed, ADA.profile_id, negatives=(EVE.profile_id,), backbone=BACKBONE)
        for seed in (3, 4)
    )
    for version in (earlier, present):
        assert adopt(store, version)
    store.remove(EVE.profile_id)
    (left,) = store.heads
    assert left.network == present.network
    assert (left.profile_ids, left.negatives) == ((ADA.profile_id,), (FORGOTTEN,))
    assert adopt(store, None)
    assert store.heads == ()
    store.close()
    assert reopened(tmp_path, keeper) == MODEL
    assert files(tmp_path) == set()


@pytest.mark.security
def test_a_head_that_was_left_before_it_could_forget_somebody_goes_when_the_removal_is_finished(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (a_head(3, ADA, BOB), a_head(4, ADA, EVE)):
        assert adopt(store, version)

    def full(self: SealedRecords, secret: bytes, version: HeadVersion) -> None:
        raise StoreUnwritable("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(SealedRecords, "write_head", full)
        with pytest.raises(StoreUnwritable):
            store.remove(EVE.profile_id)
    assert adopt(store, None)
    store.close()
    assert reopened(tmp_path, keeper) == MODEL
    assert files(tmp_path) == {f"{a_head(3, ADA, BOB).network.model_sha256}.sealed"}


def test_a_head_that_does_not_open_goes_when_somebody_is_removed(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    """It could be theirs."""
    for version in (SECOND, FIRST):
        assert adopt(store, version)
    store.close()
    for name in (ONE, TWO):
        path = tmp_path / "heads" / f"{name}.sealed"
        path.write_bytes(path.read_bytes()[:-1])
    with closing(open_store(tmp_path, keeper)) as again:
        assert again.heads == ()
        assert files(tmp_path) >= {f"{ONE}.sealed.damaged", f"{TWO}.sealed.damaged"}
        again.remove(EVE.profile_id)
        assert again.machine.heads == ()
        assert again.machine.head_sha256 == ""
    assert files(tmp_path) == set()


def test_a_rule_file_that_is_lost_takes_its_heads_along_and_nobody_is_locked_out(
    store: ProfileStore, tmp_path: Path, keeper: NoKeyring
) -> None:
    assert adopt(store, FIRST)
    store.close()
    (tmp_path / "machine.sealed").unlink()
    with closing(open_store(tmp_path, keeper)) as again:
        assert again.needs_passphrase
        assert again.heads == ()
        assert again.open_key(ADA.profile_id, PASSPHRASE)
        assert again.head_in_force is None
        assert len(again.profiles) == 3
    assert files(tmp_path) == set()
