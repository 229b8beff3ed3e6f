"""What nobody foresaw is told each time, and moves no lock."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from facelock.ui.mishap import Mishap


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


@pytest.mark.allow_logs(reason="the mishap itself is logged")
def test_a_mishap_after_the_box_was_torn_down_by_the_lock_is_told_too(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    mishap = Mishap(window)
    mishap.hook(ValueError, ValueError("first"), None)
    (box,) = boxes(window)
    box.blockSignals(True)  # as the main window does when it locks
    box.reject()
    box.deleteLater()
    qtbot.waitUntil(lambda: not boxes(window))
    with qtbot.waitSignal(box.destroyed):
        pass
    mishap.hook(ValueError, ValueError("second"), None)
    (again,) = boxes(window)
    again.reject()


@pytest.mark.allow_logs(reason="the mishap itself is logged")
def test_one_box_is_enough_for_many_mishaps(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    mishap = Mishap(window)
    for _ in range(3):
        mishap.hook(ValueError, ValueError("again"), None)
    (box,) = boxes(window)
    box.reject()
