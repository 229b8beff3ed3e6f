"""The curtain lies over every screen while Facelock is locked, and at no other time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import PASSPHRASE, profile
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from facelock.core.settings import Settings
from facelock.desktop.capture_exclusion import Exclusion
from facelock.ui import curtain as curtain_module
from facelock.ui.capture_shield import CaptureShield
from facelock.ui.curtain import Curtain
from facelock.ui.curtain_pane import CurtainPane
from facelock.ui.lock_page import LockPage
from facelock.ui.main_window import MainWindow
from facelock.ui.preferences import Preferences
from facelock.ui.screens import Area, SystemScreens
from facelock.ui.shell import Shell

LEFT, RIGHT = QRect(0, 0, 800, 800), QRect(800, 100, 640, 480)
"""The screen of the offscreen platform, and one that only the fake knows."""


class FakeScreens(QObject):
    """Implements `ui.screens.Screens`."""

    changed = Signal()

    def __init__(self, *geometries: QRect) -> None:
        super().__init__()
        self._areas = [Area(one) for one in geometries]

    def areas(self) -> list[Area]:
        return self._areas

    def become(self, *geometries: QRect) -> None:
        self.become_those(*(Area(one) for one in geometries))

    def become_those(self, *areas: Area) -> None:
        self._areas = list(areas)
        self.changed.emit()


class Stage:
    """A wired program, its curtain off, and a curtain of the test's on two screens."""

    def __init__(self, bench: Bench, screens: FakeScreens) -> None:
        self.bench, self.screens, self.window = bench, screens, bench.window
        self.preferences = Preferences(Settings(curtain=True), lambda _: None)
        self.curtain = Curtain(bench.window, bench.access, self.preferences, screens)
        self.settle()

    def settle(self) -> None:
        """Let everything happen that waits for its turn."""
        for _ in range(5):
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def lock(self) -> None:
        self.window.lock()
        self.settle()

    def unlock(self) -> None:
        self.bench.unlock()
        self.settle()

    @property
    def covered(self) -> list[QRect]:
        """What the panes lie over that can be seen."""
        return [pane.geometry() for pane in self.curtain.panes if pane.isVisible()]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    bench = Bench(qtbot, tmp_path / "home", people=(profile("Mira Underhill", 1),))
    made = Stage(bench, FakeScreens(LEFT, RIGHT))
    yield made
    made.curtain.stop()
    bench.close()
    assert QGuiApplication.quitOnLastWindowClosed()


def test_locked_every_screen_is_covered_and_open_none_is(stage: Stage) -> None:
    assert stage.window.isFullScreen()
    assert stage.window.geometry() == LEFT  # so that nothing need lie over the left one
    assert stage.covered == [RIGHT]
    stage.unlock()
    assert stage.curtain.panes == ()
    assert not stage.window.isFullScreen()
    stage.lock()
    assert stage.covered == [RIGHT]


def test_where_captures_leave_the_window_out_a_pane_lies_behind_it_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curtain_module, "exclusion_here", lambda: Exclusion.WHOLE)
    stage.curtain.stop()
    other = Curtain(stage.window, stage.bench.access, stage.preferences, stage.screens)
    stage.settle()
    assert [pane.isVisible() for pane in other.panes] == [True, True]
    other.stop()


def test_where_a_window_does_not_know_its_place_its_screen_tells(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QGuiApplication.primaryScreen()
    stage.screens.become_those(Area(LEFT.translated(1280, 0), screen), Area(RIGHT))
    stage.settle()
    assert [pane.isVisible() for pane in stage.curtain.panes] == [True, True]
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    stage.screens.changed.emit()
    stage.settle()
    assert [pane.isVisible() for pane in stage.curtain.panes] == [False, True]


def test_captures_show_the_panes_and_not_what_they_hide(stage: Stage) -> None:
    shielded: list[int] = []

    def shield(window: int) -> bool:
        shielded.append(window)
        return True

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keeper = CaptureShield(application, shield, Exclusion.WHOLE)
    stage.screens.become(LEFT, RIGHT, RIGHT.translated(640, 0))
    stage.settle()
    stage.window.hide()
    stage.window.show()
    assert int(stage.window.winId()) in shielded
    assert not {int(pane.winId()) for pane in stage.curtain.panes} & set(shielded)
    application.removeEventFilter(keeper)


def test_without_the_preference_nothing_is_covered(stage: Stage) -> None:
    stage.preferences.replace(Settings())
    stage.settle()
    assert stage.curtain.panes == ()
    assert not stage.window.isFullScreen()
    stage.preferences.replace(Settings(curtain=True))
    stage.settle()
    assert stage.covered == [RIGHT]


def test_before_anybody_is_enrolled_there_is_nothing_to_hide(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "home", people=())
    stage = Stage(bench, FakeScreens(LEFT))
    assert stage.curtain.panes == ()
    stage.curtain.stop()
    bench.close()


def test_screens_come_go_and_change_their_size(stage: Stage) -> None:
    third = QRect(0, 800, 1024, 768)
    stage.screens.become(LEFT, RIGHT, third)
    stage.settle()
    assert stage.covered == [RIGHT, third]
    stage.screens.become(LEFT, third)
    stage.settle()
    assert stage.covered == [third]
    larger = third.adjusted(0, 0, 256, 256)
    stage.screens.become(LEFT, larger)
    stage.settle()
    assert stage.covered == [larger]
    stage.unlock()
    stage.screens.become(LEFT, RIGHT)
    stage.settle()
    assert stage.curtain.panes == ()


def test_the_window_returns_to_where_and_how_it_was(stage: Stage) -> None:
    stage.unlock()
    stage.window.setGeometry(40, 60, 730, 560)
    stage.lock()
    assert stage.window.geometry() == LEFT
    stage.unlock()
    assert stage.window.geometry() == QRect(40, 60, 730, 560)
    for state in (Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen):
        stage.window.setWindowState(state)
        stage.lock()
        assert stage.window.isFullScreen()
        stage.unlock()
        assert stage.window.windowState() == state


def test_a_window_that_was_closed_meanwhile_returns_to_its_place_too(stage: Stage) -> None:
    stage.unlock()
    stage.window.setGeometry(40, 60, 730, 560)
    stage.lock()
    stage.window.close()
    stage.window.setGeometry(LEFT)  # all that the system would know of it
    stage.settle()
    QTest.mouseClick(stage.curtain.panes[0], Qt.MouseButton.LeftButton)
    stage.settle()
    stage.unlock()
    assert stage.window.geometry() == QRect(40, 60, 730, 560)


def test_a_window_that_begins_out_of_sight_gets_a_place_when_it_opens(
    stage: Stage, qtbot: QtBot
) -> None:
    window = MainWindow(stage.bench.access, stage.window._pages)
    curtain = Curtain(window, stage.bench.access, stage.preferences, stage.screens)
    stage.settle()
    assert not window.isVisible()
    window.show()
    stage.settle()
    assert window.isFullScreen()
    stage.bench.unlock()
    window.refresh()
    stage.settle()
    off = window.geometry().center() - LEFT.center()
    curtain.stop()
    window.close()
    window.deleteLater()
    assert off.manhattanLength() < 10  # the platform's idea of a frame


def test_a_window_that_was_small_comes_for_the_lock_and_is_small_again(stage: Stage) -> None:
    stage.unlock()
    stage.window.showMinimized()
    stage.lock()
    assert stage.window.isFullScreen()
    assert not stage.window.isMinimized()
    stage.unlock()
    assert stage.window.isMinimized()


def test_made_small_or_closed_while_locked_the_window_leaves_no_screen_bare(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.window.showMinimized()
    stage.settle()
    assert stage.covered == [LEFT, RIGHT]
    stage.window.showNormal()
    stage.settle()
    assert stage.covered == [LEFT, RIGHT]  # it does not fill its screen any more
    stage.window.close()
    stage.settle()
    assert not stage.window.isVisible()
    assert stage.covered == [LEFT, RIGHT]
    assert not QGuiApplication.quitOnLastWindowClosed()
    QTest.mouseClick(stage.curtain.panes[1], Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.window.isFullScreen()
    assert stage.covered == [RIGHT]


def test_a_key_on_a_pane_leads_to_where_the_passphrase_is_typed(stage: Stage, qtbot: QtBot) -> None:
    stage.window.hide()
    stage.settle()
    QTest.keyClick(stage.curtain.panes[0], Qt.Key.Key_Space)
    qtbot.waitUntil(stage.window.isActiveWindow, timeout=2000)
    page = stage.window.page
    assert isinstance(page, LockPage)
    qtbot.waitUntil(page.passphrase.edit.hasFocus, timeout=2000)
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Escape)
    assert page.scan.is_active
    QTest.keyClicks(page.passphrase.edit, PASSPHRASE)
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(stage.window.page, Shell), timeout=5000)
    stage.settle()
    assert stage.curtain.panes == ()


def test_a_dialog_of_the_lock_page_keeps_the_keys(stage: Stage, qtbot: QtBot) -> None:
    page = stage.window.page
    assert isinstance(page, LockPage)
    page.forgot.click()
    (dialog,) = stage.bench.dialogs()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=2000)
    QTest.mouseClick(stage.curtain.panes[1], Qt.MouseButton.LeftButton)
    stage.settle()
    assert dialog.isActiveWindow()
    dialog.reject()


def test_with_no_screen_at_all_it_waits_for_one(stage: Stage) -> None:
    stage.screens.become()
    stage.settle()
    assert stage.curtain.panes == ()
    stage.screens.become(RIGHT)
    stage.settle()
    assert stage.covered == [RIGHT]


def test_a_window_that_something_else_shows_comes_above_the_panes(stage: Stage) -> None:
    stage.unlock()
    stage.window.hide()
    stage.lock()
    assert not stage.window.isVisible()
    assert stage.covered == [LEFT, RIGHT]
    stage.window.show()
    stage.settle()
    assert stage.window.isFullScreen()
    assert stage.covered == [RIGHT]


def test_a_pane_that_becomes_active_hands_the_keys_on(stage: Stage, qtbot: QtBot) -> None:
    stage.curtain.panes[1].activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow, timeout=2000)


def test_closing_the_open_window_draws_no_curtain_before_the_program_ends(stage: Stage) -> None:
    stage.unlock()
    stage.window.close()
    assert stage.bench.access.unlocked_for is None
    assert stage.curtain.panes == ()
    assert QGuiApplication.quitOnLastWindowClosed()
    stage.curtain.stop()
    stage.settle()
    assert stage.curtain.panes == ()


def test_at_the_end_of_the_program_every_pane_goes(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "home")
    now = bench.program.preferences.current
    bench.program.preferences.replace(replace(now, curtain=True))
    qtbot.waitUntil(lambda: bench.program.curtain.panes != (), timeout=2000)
    assert bench.window.isFullScreen()
    bench.close()
    assert bench.program.curtain.panes == ()


def test_the_panes_say_that_it_is_locked_and_nothing_else(stage: Stage) -> None:
    for pane in stage.curtain.panes:
        assert pane.windowTitle() == "Facelock"
        assert pane.accessibleName() == "Facelock is locked"
        assert [one.text() for one in pane.findChildren(QLabel)] == [
            "Locked",
            "Press a key or click to open Facelock.",
        ]


def test_a_pane_lies_above_other_programs_and_takes_no_keys_as_it_comes(stage: Stage) -> None:
    for pane in stage.curtain.panes:
        assert pane.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
        assert pane.windowFlags() & Qt.WindowType.FramelessWindowHint
        assert pane.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_window_stays_on_top_while_it_is_locked_and_no_longer(stage: Stage) -> None:
    handle = stage.window.windowHandle()
    assert handle.flags() & Qt.WindowType.WindowStaysOnTopHint
    stage.unlock()
    assert stage.window.windowHandle() is handle  # the page was not hidden for it
    assert not handle.flags() & Qt.WindowType.WindowStaysOnTopHint


def test_the_systems_own_screens_are_those_that_qt_knows(qtbot: QtBot) -> None:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    screens = SystemScreens(application)
    (area,) = screens.areas()
    assert area.geometry == QGuiApplication.primaryScreen().geometry()
    told: list[bool] = []
    screens.changed.connect(lambda: told.append(True))
    screen = QGuiApplication.primaryScreen()
    screen.geometryChanged.emit(screen.geometry())
    application.screenRemoved.emit(screen)
    qtbot.waitUntil(lambda: told == [True], timeout=1000)  # once for what comes together
    screens.deleteLater()


def test_a_pane_covers_the_whole_of_a_real_screen(qtbot: QtBot) -> None:
    screen = QGuiApplication.primaryScreen()
    pane = CurtainPane()
    assert pane.cover(Area(screen.geometry(), screen))
    assert pane.isFullScreen()
    assert pane.geometry() == screen.geometry()
    assert not pane.cover(Area(screen.geometry(), screen))
    assert pane.word.mapTo(pane, QPoint(0, 0)).y() < screen.geometry().height()
    pane.leave()


def test_closed_into_the_tray_it_covers_every_screen_until_the_tray_shows_the_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    bench = Bench(qtbot, tmp_path / "home", has_tray=lambda: True)
    bench.unlock()
    preferences, curtain = bench.program.preferences, bench.program.curtain
    preferences.replace(replace(preferences.current, curtain=True, keep_in_tray=True))
    bench.program.in_tray.look()
    bench.window.close()
    qtbot.waitUntil(lambda: curtain.panes != (), timeout=2000)
    assert not bench.window.isVisible()
    assert all(pane.isVisible() for pane in curtain.panes)
    assert bench.program.in_tray.tray is not None
    bench.program.in_tray.tray.show_action.trigger()
    qtbot.waitUntil(bench.window.isFullScreen, timeout=2000)
    bench.unlock()
    qtbot.waitUntil(lambda: curtain.panes == (), timeout=2000)
    assert not bench.window.isFullScreen()
    bench.close()
