"""Keys are changed by whoever is inside and typed their passphrase just now, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lock_machine import ADA, BOB, Machine
from sealed_people import FAST, PASSPHRASE, keys_for

from facelock.core.activity import Activity, Happening
from facelock.core.errors import (
    PassphraseConfirmationNeeded,
    PassphraseTooWeak,
    StoreDamaged,
    StoreUnwritable,
    VaultLocked,
    WrongPassphrase,
    WrongRecoveryKey,
)
from facelock.core.policy import Locked, Unlocked
from facelock.services.access import Access
from facelock.services.held_key import CONFIRMED_SECONDS
from facelock.services.keys_desk import KeysDesk
from facelock.vault.recovery import new_recovery_key

ID = ADA.profile_id
NEW = "nine loud badgers dig"


class Diary:
    """A journal that remembers."""

    def __init__(self) -> None:
        self.noted: list[Activity] = []

    def note(self, what: Happening, profile_id: str = "") -> None:
        self.noted.append(Activity(what, 0.0, profile_id))


class Bench:
    def __init__(self, machine: Machine, access: Access) -> None:
        self.machine, self.access = machine, access
        self.desk = KeysDesk(access, machine.store, kdf=FAST)
        self.diary = Diary()
        access.journal = self.diary

    def enter(self, passphrase: str = PASSPHRASE) -> None:
        self.access.accept(self.access.slow_open(ID, passphrase))

    def happened(self) -> list[Happening]:
        return [one.what for one in self.diary.noted]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        yield Bench(machine, access)


def test_a_passphrase_is_changed_by_the_person_inside(bench: Bench) -> None:
    bench.enter()
    work = bench.desk.slot_work(NEW)
    bench.desk.change_passphrase(work())
    assert bench.happened()[-1] is Happening.PASSPHRASE_CHANGED
    bench.access.lock()
    with pytest.raises(WrongPassphrase):
        bench.access.slow_open(ID, PASSPHRASE)
    bench.enter(NEW)
    assert bench.access.state == Unlocked(ID)


def test_a_weak_passphrase_or_ones_own_name_is_refused(bench: Bench) -> None:
    bench.enter()
    for weak in ("", "password", "Ada"):
        with pytest.raises(PassphraseTooWeak):
            bench.desk.slot_work(weak)


def test_nothing_is_changed_while_locked_or_long_after_the_passphrase(bench: Bench) -> None:
    with pytest.raises(VaultLocked):
        bench.desk.slot_work(NEW)
    with pytest.raises(VaultLocked):
        bench.desk.renew_recovery()
    bench.enter()
    slot = bench.desk.slot_work(NEW)()
    bench.machine.clock.advance(CONFIRMED_SECONDS + 1)
    for action in (
        lambda: bench.desk.slot_work(NEW),
        lambda: bench.desk.change_passphrase(slot),
        bench.desk.renew_recovery,
    ):
        with pytest.raises(PassphraseConfirmationNeeded):
            action()


def test_a_new_recovery_key_is_noted_and_is_the_one_that_fits(bench: Bench) -> None:
    bench.enter()
    recovery = bench.desk.renew_recovery()
    assert bench.happened()[-1] is Happening.RECOVERY_KEY_RENEWED
    assert bench.desk.has_recovery
    bench.desk.fits(recovery.text)
    with pytest.raises(WrongRecoveryKey):
        bench.desk.fits("AGE-SECRET-KEY-1")


def test_the_recovery_key_opens_only_together_with_a_new_passphrase(bench: Bench) -> None:
    bench.enter()
    recovery = bench.desk.renew_recovery()
    bench.access.lock()
    bench.diary.noted.clear()
    opened = bench.desk.reopen(ID, recovery.text)
    assert bench.access.state == Locked()
    with pytest.raises(PassphraseTooWeak):
        bench.desk.reset_work(opened, "password")
    slot = bench.desk.reset_work(opened, NEW)()
    assert bench.desk.enter(opened, slot) == Unlocked(ID)
    assert bench.access.opened_by == "recovery"
    assert bench.happened() == [
        Happening.PASSPHRASE_CHANGED,
        Happening.UNLOCKED_BY_RECOVERY_KEY,
    ]
    bench.access.lock()
    bench.enter(NEW)


def test_a_passphrase_that_cannot_be_written_opens_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.enter()
    recovery = bench.desk.renew_recovery()
    bench.access.lock()
    opened = bench.desk.reopen(ID, recovery.text)

    def full(*_: object) -> None:
        raise StoreUnwritable("the disk is full")

    monkeypatch.setattr(bench.machine.store, "keep_passphrase", full)
    with pytest.raises(StoreUnwritable):
        bench.desk.enter(opened, bench.desk.reset_work(opened, NEW)())
    assert bench.access.state == Locked()


def test_a_key_file_that_cannot_be_read_asks_for_no_recovery_key(bench: Bench) -> None:
    bench.enter()
    keys = bench.machine.folder / "people" / f"{ID}.keys"
    keys.write_bytes(b"{}")
    assert bench.desk.has_recovery


def test_a_damaged_key_file_of_another_hinders_no_recovery(bench: Bench) -> None:
    bench.enter()
    key = bench.desk.renew_recovery()
    bench.access.enrol(BOB, keys_for(BOB))
    bench.access.lock()
    store = bench.machine.folder
    (store / "people" / f"{BOB.profile_id}.keys").write_bytes(b"{}")
    opened = bench.desk.reopen_any((BOB.profile_id, ID), key.text)
    assert opened.profile_id == ID
    with pytest.raises(StoreDamaged):
        bench.desk.reopen_any((BOB.profile_id,), key.text)
    with pytest.raises(WrongRecoveryKey):
        bench.desk.reopen_any((ID,), new_recovery_key().text)
