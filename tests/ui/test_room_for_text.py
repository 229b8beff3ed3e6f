"""Texts that go over several lines, and layouts that turn or flow where there is no room."""

from __future__ import annotations

import pytest
from page_walk import settle
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.navigation_rail import NavigationRail
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import TextLabel, breakable
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import CheckBox, RadioButton, broken, letters_width, text_width

pytestmark = pytest.mark.usefixtures("type_used")

LONG = "&Add me with glasses on or off"


@pytest.mark.parametrize("kind", [PushButton, CheckBox, RadioButton])
def test_a_button_narrower_than_its_text_is_higher_instead(
    qtbot: QtBot, kind: type[PushButton | CheckBox | RadioButton]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = kind(LONG)
    QVBoxLayout(window).addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    one_line = button.sizeHint()
    assert button.heightForWidth(one_line.width()) == one_line.height()
    assert button.minimumSizeHint().width() < one_line.width()
    window.resize(one_line.width() * 2 // 3, 300)
    window.show()
    settle(window)
    assert button.width() < one_line.width()
    assert button.height() >= one_line.height() + button.fontMetrics().lineSpacing()
    window.grab()  # the style breaks the text as it was measured


def test_text_breaks_between_words_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    metrics = label.fontMetrics()
    assert broken("one line", metrics, 9999) == "one line"
    assert broken("one line", metrics, 1) == "one\nline"
    assert broken("", metrics, 1) == ""
    width = text_width("Add me", metrics)
    assert broken("&Add me with", metrics, width) == "&Add me\nwith"
    assert letters_width(metrics, 20) == pytest.approx(2 * letters_width(metrics, 10), abs=2)


def test_a_path_can_go_on_below_and_is_still_read_whole(qtbot: QtBot) -> None:
    path = "/home/" + 40 * "n" + "/share"
    label = TextLabel(path)
    qtbot.addWidget(label)
    assert label.text() == path
    assert label.accessibleName() == path
    assert label.minimumSizeHint().width() < text_width(path, label.fontMetrics()) / 3
    label.setText("a few words")
    assert label.accessibleName() == ""
    assert breakable("No path here.") == "No path here."


def test_buttons_flow_below_each_other_when_the_row_is_full(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = FlowLayout(gap=8, row_gap=4)
    window.setLayout(row)
    one, other, hidden = PushButton("One of them"), PushButton("The other one"), PushButton("No")
    for button in (one, other, hidden):
        row.addWidget(button)
    hidden.hide()
    window.show()
    window.resize(row.sizeHint())
    settle(window)
    assert one.y() == other.y()
    assert other.x() == one.width() + 8
    window.resize(one.sizeHint().width() + 20, 300)
    settle(window)
    assert (one.x(), other.x()) == (0, 0)
    assert other.y() == one.height() + 4
    assert row.heightForWidth(window.width()) == one.height() + 4 + other.height()
    row.removeWidget(one)
    assert row.count() == 2
    assert row.itemAt(2) is None
    assert row.takeAt(2) is None
    one.deleteLater()


def test_a_row_turns_into_a_column_and_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = TurningRow(lambda: 300, window)
    one, other = PushButton("One"), PushButton("Other")
    row.addWidget(one)
    row.addWidget(other)
    window.show()
    for width, beside in ((400, True), (299, False), (300, True)):
        window.resize(width, 200)
        settle(window)
        assert row.is_row is beside
        assert (one.y() == other.y()) is beside
    assert row.heightForWidth(200) > row.heightForWidth(400)
    assert row.minimumHeightForWidth(200) > row.minimumHeightForWidth(400)
    widest = max(one.minimumSizeHint().width(), other.minimumSizeHint().width())
    margins = row.contentsMargins()
    assert row.minimumSize().width() == widest + margins.left() + margins.right()


def test_a_dialog_grows_with_what_it_says_and_never_beyond_the_screen(qtbot: QtBot) -> None:
    dialog = FittingDialog()
    qtbot.addWidget(dialog)
    words = TextLabel("A few words.")
    dialog.column.addWidget(words)
    dialog.foot.addWidget(PushButton("Fine"))
    dialog.show()
    settle(dialog)
    before = dialog.size()
    words.setText(20 * "Some more words. ")
    settle(dialog)
    assert dialog.height() > before.height()
    assert words.height() >= words.heightForWidth(words.width())
    words.setText(2000 * "Many more words. ")
    settle(dialog)
    room = dialog.screen().availableGeometry().size()
    assert dialog.size().boundedTo(room) == dialog.size()
    assert dialog.width() >= before.width()


def test_the_navigation_gives_up_its_words_where_they_take_too_much(qtbot: QtBot) -> None:
    rail = NavigationRail([("people", "People"), ("settings", "Settings")])
    qtbot.addWidget(rail)
    rail.show()
    rail.choose(1)
    full = QSize(rail.width(), rail.height())
    rail.fit(3 * full.width() + 1)
    assert not rail.is_narrow
    rail.fit(2 * full.width())
    assert rail.is_narrow
    assert rail.width() < full.width() / 2
    rail.grab()
    assert rail.current.text() == "Settings"  # for the screen reader
    assert rail.lock_button.accessibleName() == "Lock"
    assert rail.lock_button.text() == ""
    rail.fit(3 * full.width() + 1)
    assert rail.width() == full.width()
    assert rail.lock_button.text() == "Lock"
