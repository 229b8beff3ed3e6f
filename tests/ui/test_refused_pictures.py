"""Pictures of who was refused: off by default, asked for with the passphrase, seen inside alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes_pages import Make
from fakes_ui import profile
from lock_machine import ADA, BOB, Machine
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from sealed_people import PASSPHRASE

from facelock.core.activity import Happening
from facelock.core.errors import PassphraseConfirmationNeeded, VaultLocked
from facelock.services.access import Access
from facelock.services.activity import ActivityJournal
from facelock.services.snapshots import RefusedPictures
from facelock.ui.lock_page import LockPage
from facelock.ui.refusal_watch import WIDTH, RefusalWatch, jpeg_of
from facelock.ui.refused_pictures import RefusedPicturesCard
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView
from facelock.ui.settings_page import SettingsPage
from facelock.ui.settings_snapshots import SnapshotsCard

Enter = Callable[[], None]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "data" / "store")


@pytest.fixture
def access(machine: Machine) -> Iterator[Access]:
    with machine.started():
        journal = ActivityJournal(machine.store, machine.clock)
        yield Access(machine.store, machine.clock, journal)


@pytest.fixture
def pictures(machine: Machine, access: Access, tmp_path: Path) -> RefusedPictures:
    return RefusedPictures(access, machine.store, tmp_path / "data" / "vaults", machine.clock)


def enter(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))


def a_picture() -> QImage:
    image = QImage(640, 480, QImage.Format.Format_BGR888)
    image.fill(Qt.GlobalColor.darkGreen)
    return image


def test_nobody_is_pictured_until_somebody_asks(pictures: RefusedPictures) -> None:
    assert pictures.whom_for() == ()
    assert not pictures.are_wanted


@pytest.mark.security
def test_asking_needs_somebody_inside_and_their_passphrase(
    machine: Machine, access: Access, pictures: RefusedPictures
) -> None:
    with pytest.raises(VaultLocked):
        pictures.want(wanted=True)
    enter(access)
    machine.clock.advance(3600)
    with pytest.raises(PassphraseConfirmationNeeded):
        pictures.want(wanted=True)
    assert machine.store.machine.snapshots_for == ()


def test_a_picture_is_seen_by_whom_it_is_for_and_goes_with_the_wish(
    machine: Machine, access: Access, pictures: RefusedPictures
) -> None:
    enter(access)
    pictures.want(wanted=True)
    access.lock()
    whom = pictures.whom_for()
    assert [one.profile_id for one in whom] == [ADA.profile_id]
    kept = pictures.keep(whom, lambda: jpeg_of(a_picture()))
    pictures.note_kept(kept)
    with pytest.raises(VaultLocked):
        pictures.listed()
    with pytest.raises(VaultLocked):
        pictures.opener()
    enter(access)
    (opened,) = pictures.opener()()
    assert QImage.fromData(opened.jpeg).width() == WIDTH
    assert "jpeg" not in repr(opened)
    pictures.delete([opened.name])
    assert pictures.listed() == ()
    pictures.keep(whom, lambda: jpeg_of(a_picture()))
    pictures.want(wanted=False)
    assert pictures.listed() == ()
    assert pictures.whom_for() == ()
    assert isinstance(access.journal, ActivityJournal)
    kinds = [one.what for one in access.journal.read(ADA.profile_id)]
    assert kinds.count(Happening.SNAPSHOT_KEPT) == 1
    assert kinds.count(Happening.SETTING_CHANGED) == 2
    assert Happening.SNAPSHOT_KEPT not in [one.what for one in access.journal.read(BOB.profile_id)]


class _Ring:
    picture = a_picture()


def test_a_refusal_is_pictured_after_the_verdict(
    make: Make, qtbot: QtBot, access: Access, pictures: RefusedPictures
) -> None:
    bench = make()
    page = bench.window.page
    assert isinstance(page, LockPage)
    enter(access)
    pictures.want(wanted=True)
    watch = RefusalWatch(pictures)
    watch.watch(page)
    page.ring._picture = a_picture()
    page.scan.changed.emit(ScanView(RingMood.SCANNING, "still looking"))
    page.scan.changed.emit(ScanView(RingMood.REFUSED, "not you"))
    qtbot.waitUntil(lambda: len(pictures.listed()) == 1, timeout=5000)

    card = RefusedPicturesCard(pictures)
    qtbot.addWidget(card)
    card.refresh()
    qtbot.waitUntil(lambda: card.list.count() == 1, timeout=5000)
    assert not card.delete_button.isEnabled()
    card.list.setCurrentRow(0)
    card.delete_button.click()
    assert pictures.listed() == ()
    assert card.isHidden()
    pictures.keep(pictures.whom_for(), lambda: jpeg_of(a_picture()))
    card.refresh()
    qtbot.waitUntil(lambda: card.list.count() == 1, timeout=5000)
    card.delete_all_button.click()
    assert pictures.listed() == ()


@pytest.mark.security
def test_a_demo_keeps_no_pictures(make: Make) -> None:
    bench = make()
    store = bench.program.access._store
    pictures = RefusedPictures(bench.access, store, bench.paths.vaults, bench.clock)
    bench.unlock()
    pictures.want(wanted=True)
    assert pictures.whom_for() == ()
    assert not SnapshotsCard(bench.access, pictures).box.isEnabled()


def test_the_card_in_settings_asks_the_passphrase(make: Make) -> None:
    bench = make(people=(profile("Mira", 1, demo=False),), demo=False)
    bench.unlock()
    bench.shell.show_entry("settings")
    page = bench.shell.page
    assert isinstance(page, SettingsPage)
    card = page.body("activity").findChild(SnapshotsCard)
    assert isinstance(card, SnapshotsCard)
    assert not card.box.isChecked()
    bench.forget_confirmation()
    card.box.click()
    bench.confirm()
    bench.qtbot.waitUntil(lambda: card._pictures.are_wanted, timeout=5000)
    assert card.box.isChecked()
    card.box.click()
    assert not card._pictures.are_wanted
    assert not card.box.isChecked()
