"""The journal over a real store: written at once, anchored, read by whom it concerns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock, FakeSecrets
from sealed_people import PASSPHRASE, a_profile, enrolled, open_store

from facelock.core.activity import Activity, Happening
from facelock.core.errors import StoreUnwritable
from facelock.services.activity import GROUPS, MAX_WAITING, ActivityJournal
from facelock.vault.activity_log import ActivityLog
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore

ADA, BOB = a_profile("Ada"), a_profile("Bob Bob")
ME, OTHER = ADA.profile_id, BOB.profile_id


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@pytest.fixture
def store(tmp_path: Path, secrets: FakeSecrets) -> Iterator[ProfileStore]:
    enrolled(tmp_path / "store", secrets, ADA, BOB)
    store = open_store(tmp_path / "store", secrets)
    yield store
    store.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def kinds(activities: tuple[Activity, ...]) -> list[Happening]:
    return [one.what for one in activities]


def test_every_happening_is_in_one_group() -> None:
    grouped = [kind for group in GROUPS.values() for kind in group]
    assert sorted(kind.value for kind in grouped) == sorted(kind.value for kind in Happening)


def test_what_is_noted_is_there_after_a_restart(
    store: ProfileStore, secrets: FakeSecrets, clock: FakeClock, tmp_path: Path
) -> None:
    ActivityJournal(store, clock).note(Happening.FACE_REFUSED)
    store.close()
    again = open_store(tmp_path / "store", secrets)
    seen = ActivityJournal(again, clock).read(ME)
    again.close()
    assert seen == (Activity(Happening.FACE_REFUSED, clock.wall()),)


def test_the_machine_record_knows_at_once_what_an_intruder_would_cut(
    store: ProfileStore, clock: FakeClock
) -> None:
    journal = ActivityJournal(store, clock)
    journal.note(Happening.STARTED)
    assert store.machine.activity_count == 0
    journal.note(Happening.FACE_REFUSED)
    assert store.machine.activity_count == 2
    for _ in range(20):
        journal.note(Happening.LOCKED, ME)
    assert store.machine.activity_count == 22


@pytest.mark.security
def test_entries_cut_from_the_log_are_missed(
    store: ProfileStore, clock: FakeClock, tmp_path: Path
) -> None:
    journal = ActivityJournal(store, clock)
    journal.note(Happening.UNLOCKED_BY_FACE, ME)
    path = tmp_path / "store" / "activity.log"
    before = path.read_bytes()
    journal.note(Happening.PERSON_ENROLLED, OTHER)
    path.write_bytes(before)
    assert kinds(ActivityJournal(store, clock).read(ME)) == [
        Happening.UNLOCKED_BY_FACE,
        Happening.LOG_CUT,
    ]


def test_somebody_elses_comings_and_goings_are_their_own(
    store: ProfileStore, clock: FakeClock
) -> None:
    journal = ActivityJournal(store, clock)
    journal.note(Happening.UNLOCKED_BY_FACE, OTHER)
    journal.note(Happening.ITEMS_EXPORTED, OTHER)
    journal.note(Happening.PERSON_REMOVED, OTHER)
    journal.note(Happening.FACE_REFUSED)
    journal.note(Happening.LOCKED, "no id at all")
    assert kinds(journal.read(ME)) == [
        Happening.PERSON_REMOVED,
        Happening.FACE_REFUSED,
        Happening.LOCKED,
    ]


def test_entries_wait_while_the_store_is_sealed(tmp_path: Path, clock: FakeClock) -> None:
    enrolled(tmp_path / "store", NoKeyring(), ADA)
    store = open_store(tmp_path / "store", NoKeyring())
    journal = ActivityJournal(store, clock)
    journal.note(Happening.PASSPHRASE_REFUSED, ME)
    assert kinds(journal.read(ME)) == [Happening.PASSPHRASE_REFUSED]
    assert not (tmp_path / "store" / "activity.log").exists()
    store.open_key(ME, PASSPHRASE)
    journal.note(Happening.UNLOCKED_BY_PASSPHRASE, ME)
    assert kinds(journal.read(ME)) == [
        Happening.PASSPHRASE_REFUSED,
        Happening.UNLOCKED_BY_PASSPHRASE,
    ]
    store.close()


def test_a_full_disk_raises_nothing_and_loses_nothing(
    store: ProfileStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = ActivityJournal(store, clock)

    def full(*_: object) -> None:
        raise StoreUnwritable("full")

    with monkeypatch.context() as patch:
        patch.setattr(ActivityLog, "append", full)
        patch.setattr(store, "save_machine", full)
        for _ in range(MAX_WAITING + 5):
            journal.note(Happening.FACE_REFUSED)
        assert len(journal.read(ME)) == MAX_WAITING
    with monkeypatch.context() as patch:
        patch.setattr(store, "save_machine", full)
        journal.note(Happening.LEVEL_CHANGED)
    assert store.machine.activity_count == 0
    assert len(journal.read(ME)) == MAX_WAITING
    assert store.machine.activity_count == MAX_WAITING


def test_another_thread_may_note_but_leaves_the_record_alone(
    store: ProfileStore, clock: FakeClock
) -> None:
    journal = ActivityJournal(store, clock)
    thread = threading.Thread(target=journal.note, args=(Happening.ITEMS_EXPORTED, ME))
    thread.start()
    thread.join()
    assert store.machine.activity_count == 0
    assert kinds(journal.read(ME)) == [Happening.ITEMS_EXPORTED]
    assert store.machine.activity_count == 1


def test_the_notice_begins_where_the_person_came_in_last(
    store: ProfileStore, clock: FakeClock
) -> None:
    journal = ActivityJournal(store, clock)
    journal.note(Happening.FACE_REFUSED)
    journal.note(Happening.UNLOCKED_BY_FACE, ME)
    assert kinds(journal.since_last_unlock(ME)) == [Happening.FACE_REFUSED]
    journal.note(Happening.LEVEL_CHANGED, ME)
    journal.note(Happening.LOCKED, ME)
    journal.note(Happening.UNLOCKED_BY_FACE, OTHER)
    journal.note(Happening.UNLOCKED_BY_FACE, ME)
    assert kinds(journal.since_last_unlock(ME)) == [Happening.LEVEL_CHANGED]
    journal.note(Happening.LOCKED, ME)
    journal.note(Happening.UNLOCKED_BY_PASSPHRASE, ME)
    assert journal.since_last_unlock(ME) == ()


def test_somebody_new_is_told_of_nothing_before_them(store: ProfileStore, clock: FakeClock) -> None:
    journal = ActivityJournal(store, clock)
    journal.note(Happening.FACE_REFUSED)
    journal.note(Happening.PERSON_ENROLLED, ME)
    assert journal.since_last_unlock(ME) == ()
    journal.note(Happening.UNLOCKED_BY_PASSPHRASE, ME)
    assert journal.since_last_unlock(ME) == ()
