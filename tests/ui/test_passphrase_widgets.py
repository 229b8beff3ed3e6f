from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from facelock.ui.first_run import FirstRunPage
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.strength_meter import StrengthMeter
from facelock.ui.text_labels import Tone

W = TypeVar("W", bound=QWidget)
Shown = Callable[[W], W]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown[QWidget]]:
    made: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        made.append(widget)
        widget.show()
        return widget

    yield show
    for widget in made:
        widget.hide()
        widget.deleteLater()


def test_what_is_typed_is_hidden_until_the_person_asks(shown: Shown[QWidget]) -> None:
    field = PassphraseField("Passphrase")
    shown(field)
    edit, reveal = field.tab_widgets()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(reveal, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert reveal.accessibleName() == "Hide the passphrase"
    QTest.keyClicks(edit, "abc")
    field.clear()
    assert not field.text()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password


def test_a_capital_without_shift_gives_caps_lock_away(shown: Shown[QWidget]) -> None:
    field = PassphraseField("Passphrase")
    shown(field)
    said: list[bool] = []
    field.edit.caps_lock.connect(said.append)
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for held, text in ((none, "a"), (shift, "A"), (none, "A"), (shift, "a")):
        pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, text)
        QApplication.sendEvent(field.edit, pressed)
    assert said == [False, False, True, True]


def test_the_meter_says_what_to_mend(shown: Shown[QWidget], qtbot: QtBot) -> None:
    meter = StrengthMeter()
    shown(meter)
    with qtbot.waitSignal(meter.judged, timeout=5000):
        meter.judge("password")
    assert "attackers" in meter.words
    with qtbot.waitSignal(meter.judged, timeout=5000):
        meter.judge("tern harbour violet stone")
    assert meter.words.startswith(("Very good", "Good"))
    assert meter.accessibleDescription() == meter.words


def test_only_the_newest_text_is_judged(shown: Shown[QWidget], qtbot: QtBot) -> None:
    meter = StrengthMeter()
    shown(meter)
    meter.judge("password")
    meter._judge()
    meter.judge("tern harbour violet stone")
    with qtbot.waitSignal(meter.judged, timeout=5000) as judged:
        pass
    assert judged.args is not None
    assert judged.args[0].is_enough


def test_a_message_appears_with_its_words_for_screen_readers(shown: Shown[QWidget]) -> None:
    bar = MessageBar()
    shown(bar)
    bar.say("The disk is full.", Tone.DANGER)
    assert bar.isVisible()
    assert bar.accessibleName() == "The disk is full."
    bar.clear()
    assert not bar.isVisible()


def test_the_welcome_begins_with_enter(shown: Shown[QWidget], qtbot: QtBot) -> None:
    page = FirstRunPage(demo=False)
    shown(page)
    assert page.focusWidget() is page.button
    with qtbot.waitSignal(page.begin):
        QTest.keyClick(page.button, Qt.Key.Key_Space)
