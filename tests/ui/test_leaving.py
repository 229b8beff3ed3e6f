"""The real window while it is open: it counts down, locks, hides itself, and says why it locked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fakes_leaving import LOOKED_ON, NOBODY, OWNER, STRANGER, UNPROVEN
from fakes_pages import Bench, Make
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.activity import Happening
from facelock.core.leaving import Reason
from facelock.core.levels import Level
from facelock.core.presence import Sighting
from facelock.ui.leaving import Leaving
from facelock.ui.lock_page import LockPage
from facelock.ui.people_page import PeoplePage
from facelock.ui.shell import Shell
from facelock.ui.text_labels import TextLabel
from facelock.ui.veil import BLOCKS, Veil


@dataclass
class Seat:
    """The place before the window."""

    bench: Bench

    @property
    def leaving(self) -> Leaving:
        return self.bench.program.leaving

    @property
    def work(self) -> object:
        return self.leaving.watch._work

    def sit(self, sighting: Sighting, seconds: float) -> None:
        """Let this be before the camera for a while, two frames a second."""
        for _ in range(round(seconds * 2)):
            self.bench.clock.advance(0.5)
            if self.work is not None:
                self.bench.program.eyes.watched.emit(self.work, sighting)

    def key(self, key: Qt.Key = Qt.Key.Key_Shift) -> None:
        QTest.keyClick(self.bench.window, key)

    @property
    def veils(self) -> list[Veil]:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        widgets = QApplication.allWidgets()
        return [one for one in widgets if isinstance(one, Veil) and one.isVisible()]

    @property
    def is_open(self) -> bool:
        return isinstance(self.bench.window.page, Shell)


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    bench = Bench(qtbot, tmp_path)
    eyes = bench.program.eyes
    for name in ("watch", "stop_watching"):  # the seat says what is seen, and no camera
        monkeypatch.setattr(eyes, name, lambda *_, **__: None)
    qtbot.waitUntil(lambda: eyes.pipeline is not None, timeout=20_000)
    bench.unlock()
    made = Seat(bench)
    bench.program.eyes.watched.emit(made.work, OWNER)
    yield made
    bench.close()


def at_strict(seat: Seat) -> None:
    seat.bench.access.set_level(Level.STRICT)
    seat.bench.window.refresh()


def logged(seat: Seat) -> list[Happening]:
    one = seat.bench.people[0].profile_id
    return [entry.what for entry in seat.bench.program.activity.journal.read(one)]


def test_whoever_leaves_is_counted_down_and_locked_out_after_twenty_seconds(seat: Seat) -> None:
    seat.sit(OWNER, 5)
    seat.sit(NOBODY, 9.5)
    assert seat.leaving.countdown.text == ""
    seat.sit(NOBODY, 0.5)
    assert "10 s" in seat.leaving.countdown.text
    assert seat.leaving.countdown.isVisible()
    seat.sit(NOBODY, 9.5)
    assert "1 s" in seat.leaving.countdown.text
    assert seat.is_open
    seat.sit(NOBODY, 0.5)
    assert isinstance(seat.bench.window.page, LockPage)
    assert seat.bench.window.locked_for is Reason.AWAY
    assert seat.leaving.countdown.text == ""
    assert not seat.leaving.watch.is_on
    assert Happening.SEAT_TAKEN not in logged(seat)


def test_at_strict_it_takes_five_seconds(seat: Seat) -> None:
    at_strict(seat)
    seat.sit(NOBODY, 4.5)
    assert seat.is_open
    seat.sit(NOBODY, 0.5)
    assert not seat.is_open


def test_a_key_ends_the_countdown(seat: Seat) -> None:
    seat.sit(NOBODY, 15)
    assert seat.leaving.countdown.isVisible()
    seat.key()
    assert not seat.leaving.countdown.isVisible()
    seat.sit(NOBODY, 19.5)
    assert seat.is_open


def test_the_owners_face_ends_the_countdown(seat: Seat) -> None:
    seat.sit(NOBODY, 15)
    seat.sit(OWNER, 0.5)
    assert not seat.leaving.countdown.isVisible()


def test_before_an_unproven_face_the_countdown_asks_for_a_look_and_not_for_a_key(
    seat: Seat,
) -> None:
    seat.sit(UNPROVEN, 15)
    assert "Look at the camera" in seat.leaving.countdown.text
    seat.key()
    assert seat.leaving.countdown.isVisible()


def test_the_countdown_is_said_once_and_takes_neither_focus_nor_clicks(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "facelock.ui.countdown.announce", lambda _widget, words, **_: said.append(words)
    )
    before = QApplication.focusWidget()
    seat.sit(NOBODY, 18)
    assert len(said) == 1
    assert "10 s" in said[0]
    assert QApplication.focusWidget() is before
    over = seat.leaving.countdown
    middle = over.mapTo(seat.bench.window.inside, over.rect().center())
    assert seat.bench.window.inside.childAt(middle) not in (over, *over.findChildren(TextLabel))


@pytest.mark.parametrize("width", [720, 1400])
def test_the_countdown_stays_in_the_window(seat: Seat, width: int) -> None:
    seat.sit(NOBODY, 15)
    seat.bench.window.resize(width, 600)
    QApplication.processEvents()
    over, inside = seat.leaving.countdown, seat.bench.window.inside
    assert inside.rect().contains(over.geometry())
    assert abs(over.geometry().center().x() - inside.rect().center().x()) <= 1


def test_a_stranger_who_takes_the_seat_locks_it_and_is_written_down(seat: Seat) -> None:
    seat.sit(OWNER, 2)
    seat.sit(STRANGER, 0.5)
    assert not seat.is_open
    assert seat.bench.window.locked_for is Reason.STRANGER
    assert logged(seat).count(Happening.SEAT_TAKEN) == 1


def test_a_stranger_is_locked_out_even_if_it_cannot_be_written_down(
    seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = seat.bench.access.journal
    note = journal.note

    def full(what: Happening, profile_id: str = "") -> None:
        if what is Happening.SEAT_TAKEN:
            raise RuntimeError
        note(what, profile_id)

    monkeypatch.setattr(journal, "note", full)
    with qtbot.captureExceptions() as told:
        seat.sit(STRANGER, 0.5)
    assert [kind for kind, *_ in told] == [RuntimeError]
    assert seat.bench.access.unlocked_for is None
    assert seat.bench.window.locked_for is Reason.STRANGER


def test_the_idle_lock_works_whatever_the_camera_sees(seat: Seat) -> None:
    seat.sit(OWNER, 30)
    seat.bench.window.idle.idle.emit()
    assert not seat.is_open
    assert seat.bench.window.locked_for is Reason.IDLE


def test_while_somebody_is_enrolled_nobody_is_watched_for(seat: Seat) -> None:
    wizard = seat.bench.program.open_wizard()
    assert not seat.leaving.watch.is_on
    wizard.reject()
    assert seat.leaving.watch.is_on


def test_after_a_lock_with_the_wizard_open_the_next_visit_is_watched(seat: Seat) -> None:
    seat.bench.program.open_wizard()
    seat.bench.window.lock()
    seat.bench.unlock()
    assert seat.leaving.watch.is_on


def assert_has_room(widget: QWidget) -> None:
    QApplication.processEvents()
    labels = widget.findChildren(TextLabel)
    assert labels
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())
        assert label.visibleRegion().boundingRect() == label.rect()


def test_in_large_print_and_a_small_window_every_word_has_its_room(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make()
    bench.window.resize(bench.window.minimumSize())
    eyes = bench.program.eyes
    for name in ("watch", "stop_watching"):
        monkeypatch.setattr(eyes, name, lambda *_, **__: None)
    qtbot.waitUntil(lambda: eyes.pipeline is not None, timeout=20_000)
    bench.unlock()
    seat = Seat(bench)
    seat.bench.program.eyes.watched.emit(seat.work, OWNER)
    at_strict(seat)
    seat.sit(Sighting(OWNER.who, onlookers=1), 2)
    (veil,) = seat.veils
    assert_has_room(veil)
    seat.sit(NOBODY, 3)
    assert seat.leaving.countdown.isVisible()
    assert_has_room(seat.leaving.countdown)


def test_an_onlooker_covers_the_pages_and_a_key_uncovers_them_and_does_nothing_else(
    seat: Seat,
) -> None:
    at_strict(seat)
    seat.sit(LOOKED_ON, 1.5)
    assert seat.veils == []
    seat.sit(LOOKED_ON, 0.5)
    (veil,) = seat.veils
    stack = seat.bench.window.stack
    assert veil.geometry() == stack.geometry()
    assert "looking on" in veil.accessibleName()
    entry = seat.bench.shell.entry
    seat.bench.press(Qt.Key.Key_2)
    assert seat.veils == []
    assert seat.bench.shell.entry == entry
    seat.bench.press(Qt.Key.Key_2)
    assert seat.bench.shell.entry != entry


def test_when_the_onlooker_has_gone_it_uncovers_itself(seat: Seat) -> None:
    at_strict(seat)
    seat.sit(LOOKED_ON, 2)
    assert seat.veils
    seat.sit(OWNER, 1.5)
    assert seat.veils == []


def test_a_click_uncovers_and_reaches_nothing_below(seat: Seat) -> None:
    at_strict(seat)
    seat.bench.page("people")
    seat.sit(LOOKED_ON, 2)
    (veil,) = seat.veils
    lock_button = seat.bench.shell.rail.lock_button
    at = lock_button.mapTo(seat.bench.window.inside, lock_button.rect().center())
    assert seat.bench.window.inside.childAt(at) is veil
    QTest.mouseClick(veil, Qt.MouseButton.LeftButton, pos=veil.mapFromParent(at))
    assert seat.veils == []
    assert seat.is_open


def test_moving_the_mouse_uncovers_nothing(seat: Seat) -> None:
    at_strict(seat)
    seat.sit(LOOKED_ON, 2)
    (veil,) = seat.veils
    QTest.mouseMove(veil, QPoint(40, 40))
    seat.sit(LOOKED_ON, 0.5)
    assert seat.veils == [veil]


def test_control_l_locks_from_under_the_veil_and_modifiers_alone_uncover_nothing(
    seat: Seat,
) -> None:
    at_strict(seat)
    seat.sit(LOOKED_ON, 2)
    seat.key(Qt.Key.Key_Control)
    assert seat.veils
    seat.bench.press(Qt.Key.Key_L)
    assert not seat.is_open
    assert seat.veils == []


def test_a_key_that_is_held_down_does_not_go_on_below(seat: Seat) -> None:
    at_strict(seat)
    dialog, heard = a_dialog(seat)
    seat.sit(LOOKED_ON, 2)
    QTest.keyPress(dialog, Qt.Key.Key_A)
    assert seat.veils == []
    plain = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, plain, "a", autorep=True)
    QApplication.sendEvent(dialog, held)
    QTest.keyRelease(dialog, Qt.Key.Key_A)
    assert heard == []
    QTest.keyClick(dialog, Qt.Key.Key_A)
    assert heard == [Qt.Key.Key_A]


def test_dialogs_are_covered_too_and_those_that_open_meanwhile(seat: Seat) -> None:
    at_strict(seat)
    dialog, _ = a_dialog(seat)
    seat.sit(LOOKED_ON, 2)
    assert {veil.parentWidget() for veil in seat.veils} == {seat.bench.window.inside, dialog}
    later, _ = a_dialog(seat)
    assert later in {veil.parentWidget() for veil in seat.veils}
    later.resize(500, 400)
    QApplication.processEvents()
    (over,) = [veil for veil in seat.veils if veil.parentWidget() is later]
    assert over.size() == later.size()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    seat.sit(OWNER, 1.5)
    assert seat.veils == []


def test_nothing_can_be_read_through_the_veil(seat: Seat) -> None:
    at_strict(seat)
    people = seat.bench.page("people")
    assert isinstance(people, PeoplePage)
    seat.sit(LOOKED_ON, 2)
    (veil,) = seat.veils
    assert (veil.picture.width(), veil.picture.height()) == (BLOCKS, BLOCKS)
    shown = seat.bench.window.inside.grab().toImage()
    corner = shown.copy(20, 20, 40, 40)  # where the rail has its names
    tones = [corner.pixelColor(x, y).lightness() for x in range(40) for y in range(40)]
    assert max(tones) - min(tones) < 40


def test_an_onlooker_beside_a_face_that_is_not_proven_is_not_waved_off_by_keys(seat: Seat) -> None:
    at_strict(seat)
    seat.sit(Sighting(UNPROVEN.who, onlookers=1), 2)
    (veil,) = seat.veils
    assert "Look at the camera" in veil.text
    seat.key(Qt.Key.Key_Space)
    assert seat.veils == [veil]
    seat.sit(LOOKED_ON, 0.5)
    assert "Press a key" in veil.text


def a_dialog(seat: Seat) -> tuple[QDialog, list[Any]]:
    """Open a dialog that writes down the keys it hears of."""
    heard: list[Any] = []

    class Listening(QDialog):
        def keyPressEvent(self, event: Any) -> None:  # noqa: ANN401, N802 - Qt's
            heard.append(event.key())

    dialog = Listening(seat.bench.window)
    QVBoxLayout(dialog).addWidget(TextLabel("Something private"))
    dialog.show()
    return dialog, heard
