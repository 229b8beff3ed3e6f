"""A row that turns: as high as it has to be, and at rest once it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.turning_row import TurningRow

NEEDED = 400  # pixels


class Requests(QObject):
    """Counts how often somebody asks for a new layout."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    row = TurningRow(lambda: NEEDED)
    row.setObjectName("row")
    row.addWidget(TextLabel("A text that wraps, and wants the more height the narrower it is."), 1)
    row.addWidget(TextLabel("Beside or below", Rank.NOTE))
    column.addLayout(row)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(inside)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("width", [250, 399, 440, 800])
def test_once_it_stands_nobody_asks_for_a_new_layout(
    area: QScrollArea, qtbot: QtBot, qapp: QApplication, width: int
) -> None:
    area.resize(width, 300)
    area.show()
    qtbot.wait(100)
    requests = Requests()
    qapp.installEventFilter(requests)
    qtbot.wait(200)
    qapp.removeEventFilter(requests)
    assert requests.count < 5


def test_asking_how_high_it_would_be_does_not_turn_it(area: QScrollArea, qtbot: QtBot) -> None:
    area.resize(800, 300)
    area.show()
    row = area.findChild(TurningRow)
    assert row is not None
    assert row.is_row
    narrow = row.heightForWidth(200)
    assert row.is_row
    assert narrow > row.heightForWidth(700)
    area.resize(240, 300)
    qtbot.waitUntil(lambda: not row.is_row, timeout=1000)
    wide = row.heightForWidth(700)
    assert not row.is_row
    assert wide < row.heightForWidth(200)
