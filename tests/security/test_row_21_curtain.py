"""Threat-model rows 16 and 21: the curtain tells nothing, opens nothing and stays up while locked.

It is no lock. What is behind it is hidden from glances only, and SECURITY.md says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import profile
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facelock.desktop.capture_exclusion import Exclusion
from facelock.ui import curtain
from facelock.ui.curtain_pane import CurtainPane
from facelock.ui.lock_page import LockPage
from facelock.ui.shell import Shell

pytestmark = pytest.mark.security

NAME = "Mira Underhill"


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return a program that was open and has locked behind its curtain."""
    monkeypatch.setattr(curtain, "exclusion_here", lambda: Exclusion.WHOLE)  # panes everywhere
    made = Bench(qtbot, tmp_path / "home", people=(profile(NAME, 1),))
    preferences = made.program.preferences
    preferences.replace(replace(preferences.current, curtain=True))
    made.unlock()
    for name in made.shell.entry_names:
        made.page(name)
    made.window.lock()
    qtbot.waitUntil(lambda: made.program.curtain.panes != (), timeout=2000)
    yield made
    made.close()


def pane_of(bench: Bench) -> CurtainPane:
    (pane,) = bench.program.curtain.panes
    return pane


def test_a_pane_holds_no_name_and_no_content(bench: Bench) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    pane = pane_of(bench)
    assert pane.isVisible()
    assert {one.windowTitle() for one in QApplication.topLevelWidgets()} <= {"Facelock", ""}
    for one in (pane, *pane.findChildren(QWidget)):
        said = (one.accessibleName(), one.accessibleDescription(), one.toolTip())
        assert NAME not in " ".join((*said, getattr(one, "text", str)()))
        assert type(one).__name__ in {"CurtainPane", "AppMark", "TextLabel"}


def test_no_key_no_click_and_no_drop_on_a_pane_opens_anything(bench: Bench) -> None:
    pane = pane_of(bench)
    keys = [*range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)]
    keys += [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Menu, Qt.Key.Key_F4]
    for held in ("NoModifier", "ControlModifier", "AltModifier", "MetaModifier"):
        for key in keys:
            QTest.keyClick(pane, Qt.Key(key), Qt.KeyboardModifier[held])
    QTest.mouseDClick(pane, Qt.MouseButton.LeftButton)
    dropped = QMimeData()
    dropped.setText("dear")
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(pane, event)
    assert not event.isAccepted()
    assert bench.access.unlocked_for is None
    assert isinstance(bench.window.page, LockPage)
    assert pane.isVisible()


def test_a_pane_closed_or_made_small_by_force_comes_back(bench: Bench, qtbot: QtBot) -> None:
    pane = pane_of(bench)
    pane.close()
    assert not pane.isVisible()
    qtbot.waitUntil(pane.isVisible, timeout=2000)
    pane.showMinimized()
    qtbot.waitUntil(lambda: not pane.isMinimized(), timeout=2000)
    assert pane.geometry() == pane.screen().geometry()


def test_closing_the_window_and_the_panes_ends_neither_the_program_nor_the_curtain(
    bench: Bench, qtbot: QtBot
) -> None:
    ended: list[bool] = []
    application = QApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(lambda: ended.append(True))
    bench.window.close()
    pane_of(bench).close()
    qtbot.waitUntil(lambda: pane_of(bench).isVisible(), timeout=2000)
    assert ended == []
    QTest.mouseClick(pane_of(bench), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bench.window.isVisible, timeout=2000)
    assert isinstance(bench.window.page, LockPage)


def test_the_panes_go_when_and_only_when_it_opens(bench: Bench, qtbot: QtBot) -> None:
    bench.window.refresh()
    bench.window.rebuild()
    QCoreApplication.processEvents()
    assert pane_of(bench).isVisible()
    bench.unlock()
    assert isinstance(bench.window.page, Shell)
    qtbot.waitUntil(lambda: bench.program.curtain.panes == (), timeout=2000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not [one for one in QApplication.allWidgets() if isinstance(one, CurtainPane)]
