"""Colours, size of the text, motion and language apply at once, and are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle
from pytestqt.qtbot import QtBot

from facelock.core.errors import SettingsError
from facelock.core.settings import TEXT_SIZES, Appearance, Language, Settings
from facelock.ui.language import language_name
from facelock.ui.looks import wear
from facelock.ui.preferences import Preferences
from facelock.ui.settings_appearance import AppearanceCard
from facelock.ui.style import FacelockStyle
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import is_dark, reduced_motion


@pytest.fixture
def worn(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application, and let it look as before afterwards."""
    palette, font = qapp.palette(), qapp.font()
    yield qapp
    wear(qapp, Settings(language=Language.ENGLISH))
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def kept() -> list[Settings]:
    return []


@pytest.fixture
def card(qtbot: QtBot, worn: QApplication, kept: list[Settings]) -> AppearanceCard:
    preferences = Preferences(Settings(Appearance.LIGHT, language=Language.ENGLISH), kept.append)
    preferences.changed.connect(lambda settings: wear(worn, settings))
    wear(worn, preferences.current)
    made = AppearanceCard(preferences)
    qtbot.addWidget(made)
    made.resize(700, made.sizeHint().height())
    made.show()
    return made


def test_it_shows_what_holds_now(card: AppearanceCard) -> None:
    assert card.appearances[Appearance.LIGHT].isChecked()
    assert card.text_sizes[100].isChecked()
    assert card.languages[Language.ENGLISH].isChecked()
    assert not card.still.isChecked()


def test_colours_change_at_once_and_nothing_else_does(
    card: AppearanceCard, kept: list[Settings], qtbot: QtBot
) -> None:
    card.appearances[Appearance.DARK].click()
    qtbot.waitUntil(lambda: is_dark(card.palette()), timeout=3000)
    assert kept == [Settings(Appearance.DARK, language=Language.ENGLISH)]


@pytest.mark.parametrize("size", TEXT_SIZES[1:])
def test_text_grows_from_the_systems_size_and_comes_back_to_it(
    card: AppearanceCard, worn: QApplication, size: int
) -> None:
    own = QFont(worn.font())
    card.text_sizes[size].click()
    assert worn.font().pointSizeF() == pytest.approx(own.pointSizeF() * size / 100)
    assert worn.font().family() == own.family()
    assert worn.font().weight() == own.weight()
    card.text_sizes[TEXT_SIZES[-1]].click()
    card.text_sizes[100].click()
    assert worn.font().pointSizeF() == pytest.approx(own.pointSizeF())


def test_a_title_that_is_shown_grows_too(
    card: AppearanceCard, worn: QApplication, qtbot: QtBot
) -> None:
    title = TextLabel("Facelock", Rank.TITLE)
    qtbot.addWidget(title)
    title.show()
    before = title.font().pointSizeF()
    card.text_sizes[150].click()
    large = pytest.approx(before * 1.5)
    qtbot.waitUntil(lambda: title.font().pointSizeF() == large, timeout=3000)


def test_reduced_motion_stills_our_own_widgets_and_qts(
    card: AppearanceCard, kept: list[Settings]
) -> None:
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    assert not reduced_motion()
    card.still.click()
    assert reduced_motion()
    assert FacelockStyle().styleHint(hint) == 0
    assert kept[-1].reduced_motion
    card.still.click()
    assert not reduced_motion()


def test_languages_are_called_as_they_call_themselves(card: AppearanceCard) -> None:
    assert card.languages[Language.GERMAN].text() == "Deutsch"
    assert card.languages[Language.ENGLISH].text() == "English"
    assert language_name(Language.SYSTEM) in card.languages[Language.SYSTEM].text()


def test_the_keyboard_reaches_and_changes_everything(
    card: AppearanceCard, kept: list[Settings], qtbot: QtBot
) -> None:
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow, timeout=3000)
    card.appearances[Appearance.LIGHT].setFocus()
    QTest.keyClick(card.appearances[Appearance.LIGHT], Qt.Key.Key_Right)
    assert kept[-1].appearance is Appearance.DARK
    card.still.setFocus()
    QTest.keyClick(card.still, Qt.Key.Key_Space)
    assert kept[-1].reduced_motion


def test_each_control_says_what_it_belongs_to_and_has_a_name_of_its_own(
    card: AppearanceCard,
) -> None:
    controls = [
        *card.appearances.values(),
        *card.text_sizes.values(),
        *card.languages.values(),
        card.still,
    ]
    assert all(one.accessibleDescription() for one in controls)
    assert len({one.objectName() for one in controls}) == len(controls)


def test_what_cannot_be_kept_holds_all_the_same_and_is_said(
    qtbot: QtBot, worn: QApplication
) -> None:
    def refuse(_settings: Settings) -> None:
        raise SettingsError("the disk is full")

    preferences = Preferences(Settings(Appearance.LIGHT), refuse)
    card = AppearanceCard(preferences)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.failed_to_keep, timeout=1000):
        card.appearances[Appearance.DARK].click()
    assert preferences.current.appearance is Appearance.DARK
