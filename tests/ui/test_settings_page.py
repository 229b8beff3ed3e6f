"""Settings: the lock changes with the passphrase only; the rest at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import frame, profile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy
from facelock.core.levels import Level
from facelock.core.settings import Appearance
from facelock.desktop.settings_file import load_settings
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.settings_page import SettingsPage
from facelock.ui.text_labels import TextLabel


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(profile("Mira", 1, demo=False),), demo=False)
    made.unlock()
    made.forget_confirmation()
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    shown = bench.page("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def test_the_level_changes_only_with_the_passphrase(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    page.levels.cards[Level.CONVENIENT].radio.click()
    assert page.levels.level is Level.BALANCED
    bench.confirm()
    qtbot.waitUntil(lambda: bench.access.level == Level.CONVENIENT, timeout=3000)
    assert page.levels.cards[Level.CONVENIENT].radio.isChecked()


def test_leaving_the_question_leaves_the_level(bench: Bench, page: SettingsPage) -> None:
    QTest.mouseClick(page.levels.cards[Level.CONVENIENT], Qt.MouseButton.LeftButton)
    bench.dialog().reject()
    assert bench.access.level is Level.BALANCED
    assert page.levels.level is Level.BALANCED


def test_the_consequences_and_limits_are_said_in_words(page: SettingsPage) -> None:
    words = "\n".join(label.text() for label in page.findChildren(TextLabel))
    assert liveness_sentence() in words
    assert "no keyring" in words
    assert "1 in 330,000 strangers" in words


def test_the_appearance_is_used_at_once_and_kept(bench: Bench, page: SettingsPage) -> None:
    page.appearance_buttons[Appearance.DARK].click()
    assert bench.program.preferences.current.appearance is Appearance.DARK
    assert load_settings(bench.paths.settings_file).appearance is Appearance.DARK


def test_what_cannot_be_saved_is_said(bench: Bench, page: SettingsPage) -> None:
    bench.paths.config.parent.mkdir(parents=True, exist_ok=True)
    bench.paths.config.write_text("a file where the folder should be")
    page.appearance_buttons[Appearance.LIGHT].click()
    assert "could not be saved" in page.message.text


def test_a_camera_is_chosen_by_name_and_its_id_is_kept(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(page.cameras.names) == 3, timeout=3000)
    rows = page.cameras._rows
    assert rows["usb:1:2:a"].radio.isChecked()
    assert not rows["obs"].radio.isEnabled()
    rows["usb:3:4:b"].radio.click()
    assert load_settings(bench.paths.settings_file).camera_id == "usb:3:4:b"


def test_cameras_are_on_only_while_their_pictures_are_wanted(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(page.cameras.names) == 3, timeout=3000)
    assert not bench.thumbnails.shown
    page.cameras.show_button.click()
    assert bench.thumbnails.shown == ("usb:1:2:a", "usb:3:4:b")
    bench.thumbnails.show("usb:1:2:a", frame())
    bench.thumbnails.failed.emit("usb:3:4:b", CameraBusy("2"))
    assert "Another program" in page.cameras._rows["usb:3:4:b"].note.text()
    bench.shell.show_page(0)
    assert not bench.thumbnails.shown
