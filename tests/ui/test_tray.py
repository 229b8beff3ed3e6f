"""The tray: where a closed window goes, how it begins unseen, and what the icon leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.ui.in_tray import InTray
from facelock.ui.lock_page import LockPage
from facelock.ui.shell import Shell
from facelock.ui.tray import Click, Tray, state_icon

Make = Callable[..., Bench]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    made: list[Bench] = []

    def build(*, tray: bool = True, keep: bool = True, **options: object) -> Bench:
        options.setdefault("has_tray", lambda: tray)
        bench = Bench(qtbot, tmp_path / "home", **options)  # type: ignore[arg-type]
        made.append(bench)
        preferences = bench.program.preferences
        preferences.replace(replace(preferences.current, keep_in_tray=keep))
        in_tray_of(bench).look()
        return bench

    yield build
    for bench in made:
        bench.close()
    assert QGuiApplication.quitOnLastWindowClosed()


def in_tray_of(bench: Bench) -> InTray:
    return bench.program.in_tray


def tray_of(bench: Bench) -> Tray:
    tray = in_tray_of(bench).tray
    assert tray is not None
    return tray


def test_the_icon_tells_open_from_locked_by_its_shape(qapp: QApplication) -> None:
    opened, shut = (state_icon(is_open=one).pixmap(32, 32).toImage() for one in (True, False))
    greys = [one.convertToFormat(one.Format.Format_Grayscale8) for one in (opened, shut)]
    assert greys[0] != greys[1]


def test_it_follows_the_lock_and_offers_to_lock_what_is_open(make: Make) -> None:
    bench = make()
    tray = tray_of(bench)
    assert not tray.lock_action.isEnabled()
    assert tray.icon.toolTip() == "Facelock is locked"
    bench.unlock()
    assert tray.lock_action.isEnabled()
    assert tray.icon.toolTip() == "Facelock is open"
    tray.lock_action.trigger()
    assert bench.access.unlocked_for is None
    assert bench.window.locked_for is Reason.MANUAL
    assert not tray.lock_action.isEnabled()


def test_closed_it_locks_and_goes_into_the_tray_and_says_so_once(make: Make) -> None:
    bench = make()
    said: list[str] = []
    tray_of(bench).told.connect(said.append)
    bench.unlock()
    bench.window.close()
    assert not bench.window.isVisible()
    assert bench.access.unlocked_for is None
    assert not QGuiApplication.quitOnLastWindowClosed()
    assert len(said) == 1
    assert "tray" in said[0]
    tray_of(bench).show_action.trigger()
    assert bench.window.isVisible()
    assert isinstance(bench.window.page, LockPage)
    assert QGuiApplication.quitOnLastWindowClosed()
    bench.window.close()
    assert len(said) == 1


def test_hidden_it_looks_at_nobody_and_shown_again_it_does(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.window.close()  # by hand: without the click that shows it, it would wait for an absence
    assert not bench.program.eyes.is_looking
    in_tray_of(bench).show()
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert page.scan.is_active


def test_hidden_no_camera_is_on_whatever_comes_back(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.window.close()
    eyes = bench.program.eyes
    page = bench.window.page
    assert isinstance(page, LockPage)
    eyes.hold_off("sleep")
    eyes.go_on("sleep")
    page.returned()  # the login session, say
    bench.window.rebuild()  # in another language
    assert (eyes.is_looking, eyes.is_watching, eyes.camera_is_on) == (False, False, False)
    assert not bench.window.isVisible()


def test_a_desktop_without_a_tray_is_not_asked_for_ever(make: Make) -> None:
    asked: list[bool] = []

    def none() -> bool:
        asked.append(True)
        return False

    in_tray = in_tray_of(make(has_tray=none))
    for _ in range(100):
        if in_tray._looking.isActive():
            in_tray.look()
    assert 1 < len(asked) < 100


def test_whoever_wants_to_be_asked_is_asked_after_that_click_too(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.access.leaving.set_asks_first(True)
    bench.window.close()
    in_tray_of(bench).show()
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking


@pytest.mark.parametrize("options", [{"keep": False}, {"tray": False}, {"has_tray": None}])
def test_otherwise_a_closed_window_ends(make: Make, options: dict[str, object]) -> None:
    bench = make(**options)
    bench.unlock()
    assert bench.window.close()
    assert bench.access.unlocked_for is None
    assert QGuiApplication.quitOnLastWindowClosed()


def test_a_panel_that_is_gone_hides_no_window(make: Make) -> None:
    there = [True]
    bench = make(has_tray=lambda: there[0])
    there[0] = False
    bench.window.close()
    assert QGuiApplication.quitOnLastWindowClosed()


def test_quit_ends_it_locked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make()
    ended: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda: ended.append(True))
    bench.unlock()
    tray_of(bench).quit_action.trigger()
    assert bench.access.unlocked_for is None
    assert ended == [True]
    assert bench.window.close()  # which it does not refuse then
    assert QGuiApplication.quitOnLastWindowClosed()


def test_the_systems_own_way_to_end_it_is_not_refused(make: Make) -> None:
    bench = make()
    application = QCoreApplication.instance()
    assert application is not None
    in_tray_of(bench).eventFilter(application, QEvent(QEvent.Type.Quit))
    assert bench.window.close()
    assert QGuiApplication.quitOnLastWindowClosed()


@pytest.mark.parametrize(
    ("platform", "click", "times"),
    [
        ("linux", Click.Trigger, 1),
        ("linux", Click.Context, 0),
        ("darwin", Click.Trigger, 0),
    ],
)
def test_a_click_on_the_icon_shows_the_window_where_it_opens_no_menu(
    make: Make, platform: str, click: QSystemTrayIcon.ActivationReason, times: int
) -> None:
    tray = Tray(make().window, platform)
    wanted: list[bool] = []
    tray.show_wanted.connect(lambda: wanted.append(True))
    tray.icon.activated.emit(click)
    assert len(wanted) == times
    tray.remove()


class Shouting(QTranslator):
    """Another language."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's
        return False

    def translate(self, context: str, text: str, *_more: object) -> str:
        return text.upper() if context == "Tray" else ""


def test_it_speaks_the_language_of_the_window(make: Make, qtbot: QtBot) -> None:
    bench = make()
    tray = tray_of(bench)
    language = Shouting()
    QCoreApplication.installTranslator(language)
    try:
        qtbot.waitUntil(lambda: tray.show_action.text() == "SHOW FACELOCK", timeout=2000)
        assert tray.icon.toolTip() == "FACELOCK IS LOCKED"
    finally:
        QCoreApplication.removeTranslator(language)
    qtbot.waitUntil(lambda: tray.show_action.text() == "Show Facelock", timeout=2000)


def test_it_begins_in_the_tray_without_a_window(make: Make, qtbot: QtBot) -> None:
    bench = make()
    bench.window.hide()
    in_tray_of(bench).begin_unseen()
    assert not bench.window.isVisible()
    assert not bench.program.eyes.is_looking
    assert not QGuiApplication.quitOnLastWindowClosed()


def test_without_a_tray_it_begins_minimised_with_the_camera_off(make: Make) -> None:
    bench = make(tray=False)
    bench.window.hide()
    in_tray_of(bench).begin_unseen()
    assert bench.window.isMinimized()
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking
    bench.window.setWindowState(Qt.WindowState.WindowNoState)
    assert page.scan.is_active


def test_where_nobody_tells_what_is_minimised_the_camera_waits_for_a_click(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make(tray=False)
    bench.window.hide()
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland-egl")
    in_tray_of(bench).begin_unseen()
    bench.window.setWindowState(Qt.WindowState.WindowNoState)  # as Qt does there at once
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking


def test_erased_or_ended_the_window_stays_nowhere(make: Make) -> None:
    bench = make()
    told: list[str] = []
    tray_of(bench).told.connect(told.append)
    in_tray_of(bench).stop()
    assert bench.window.close()
    assert told == []
    assert not tray_of(bench).icon.isVisible()


def test_a_tray_that_comes_after_the_login_takes_the_minimised_window(make: Make) -> None:
    there = [False]
    bench = make(has_tray=lambda: there[0])
    bench.window.hide()
    in_tray_of(bench).begin_unseen()
    assert bench.window.isVisible()
    there[0] = True
    in_tray_of(bench).look()
    assert not bench.window.isVisible()
    assert not QGuiApplication.quitOnLastWindowClosed()


def test_a_tray_that_comes_after_the_opening_hides_no_open_window(make: Make) -> None:
    there = [False]
    bench = make(has_tray=lambda: there[0])
    bench.window.hide()
    in_tray_of(bench).begin_unseen()
    bench.window.showNormal()
    bench.unlock()
    bench.window.showMinimized()
    there[0] = True
    in_tray_of(bench).look()
    assert bench.access.unlocked_for is not None
    assert bench.window.isVisible()


def test_minimised_while_locked_it_releases_the_camera(make: Make) -> None:
    bench = make()
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert page.scan.is_active
    bench.window.showMinimized()
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking
    bench.window.showNormal()
    assert page.scan.is_active


def test_it_may_be_minimised_open_and_locks_there_without_looking(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.window.showMinimized()
    assert isinstance(bench.window.page, Shell)
    bench.window.lock(Reason.IDLE)
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking
